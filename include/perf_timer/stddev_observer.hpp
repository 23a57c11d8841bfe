//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/export.hpp>
#include <perf_timer/observer.hpp>

#include <memory>

namespace perf_timer::inline v0_1 {

/// What `AverageObserver` computes, and the standard deviation of the population, without the
/// rounding errors that long series have elsewhere. Its states are mergeable.
class PERF_TIMER_EXPORT StdDevObserver {
 public:
  [[nodiscard]] std::unique_ptr<ObserverState> make_state() const;
};

}  // namespace perf_timer::inline v0_1
