//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/export.hpp>
#include <perf_timer/observer.hpp>

#include <memory>

namespace perf_timer::inline v0_1 {

/// Computes the count, the total, the mean, the least and the greatest duration. The cheapest
/// observer.
///
/// A timer keeps up to three states of it, so that threads seldom wait for each other. In an
/// interval (`IntervalReader`) the least and the greatest are unknown.
///
/// Thread safety: any thread.
class PERF_TIMER_EXPORT AverageObserver {
 public:
  /// Called by timers: returns a state without samples. Throws `std::bad_alloc`.
  [[nodiscard]] std::unique_ptr<ObserverState> make_state() const;
};

}  // namespace perf_timer::inline v0_1
