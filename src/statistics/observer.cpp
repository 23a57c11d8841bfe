//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/histogram_observer.hpp>
#include <perf_timer/observer.hpp>

namespace perf_timer::inline v0_1 {

ObserverState::~ObserverState() = default;

Observer::Observer() : Observer(HistogramObserver{}) {}

}  // namespace perf_timer::inline v0_1
