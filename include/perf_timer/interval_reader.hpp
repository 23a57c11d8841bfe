//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/export.hpp>
#include <perf_timer/timer_snapshot.hpp>

#include <chrono>
#include <memory>
#include <vector>

namespace perf_timer::inline v0_1 {

/// What every live timer measured between two moments; a plain value.
struct Interval {
  std::chrono::system_clock::time_point begin, end;
  std::chrono::nanoseconds length{};  ///< by `steady_clock`, which nobody sets
  std::vector<TimerSnapshot> timers;  ///< in the order in which they were made
};

/// Reads intervals: each call of `next` tells what came after the one before.
///
/// It keeps what it has seen to itself, so that any number of readers, with intervals of their own,
/// don't disturb each other, nor the threads that measure. Runs count where they end. With
/// `HistogramObserver` an interval has all that a lifetime has, but that its least and greatest
/// are as near as its quantiles (0.4 %); with others number, total and mean, with `StdDevObserver`
/// the standard deviation. A timer that is made meanwhile counts from its beginning, one that is
/// reset from there, and one that is destroyed is missing.
///
/// Memory: that of an observer's states for each timer. Thread safety: distinct objects.
class PERF_TIMER_EXPORT IntervalReader {
 public:
  /// The first interval begins now. Throws `std::bad_alloc`, and what an observer throws.
  IntervalReader();
  IntervalReader(IntervalReader&&) noexcept;
  IntervalReader& operator=(IntervalReader&&) noexcept;
  ~IntervalReader();

  /// Throws the same; the interval then goes on.
  [[nodiscard]] Interval next();

 private:
  struct State;

  std::unique_ptr<State> state_;
};

}  // namespace perf_timer::inline v0_1
