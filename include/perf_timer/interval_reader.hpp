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

/// What every live timer measured between two moments. A plain value.
struct Interval {
  std::chrono::system_clock::time_point begin;  ///< The date of its beginning.
  std::chrono::system_clock::time_point end;    ///< The date of its end.
  /// How long it was, by `steady_clock`. Unlike `end - begin`, that is right even if the system's
  /// time was set meanwhile.
  std::chrono::nanoseconds length{};
  std::vector<TimerSnapshot> timers;  ///< Each timer, in the order in which they were made.
};

/// Reads what timers measure, interval by interval: each call of `next` returns what came after the
/// call before.
///
///     perf_timer::IntervalReader reader;  // the first interval begins
///     serve_for_a_while();
///     const perf_timer::Interval interval = reader.next();
///
/// A run counts in the interval in which it ends. A timer that is made meanwhile counts from its
/// beginning, and a timer that is reset from the reset. A timer that is destroyed is missing.
///
/// What is known of an interval depends on the timer's observer:
///  - `HistogramObserver`: everything. The least and the greatest are within 0.4 %, like quantiles.
///  - `StdDevObserver`: the count, total, mean and standard deviation.
///  - All others: the count, total and mean.
///
/// Readers don't disturb each other, because each keeps what it saw last to itself. That takes the
/// memory of one observer state for each of a timer's series (one, or three for an
/// `AsioPerfTimer`).
///
/// Thread safety: distinct objects: safe. Shared objects: unsafe.
class PERF_TIMER_EXPORT IntervalReader {
 public:
  /// Begins the first interval. Throws `std::bad_alloc`, and what an observer throws.
  IntervalReader();
  /// Takes over the interval of another reader, which may then only be destroyed or assigned to.
  IntervalReader(IntervalReader&&) noexcept;
  /// Takes over the interval of another reader in place of its own.
  IntervalReader& operator=(IntervalReader&&) noexcept;
  ~IntervalReader();

  /// Ends the interval, begins the next one, and returns the one that ended. Throws
  /// `std::bad_alloc`, and what an observer throws; then the interval goes on.
  [[nodiscard]] Interval next();

 private:
  struct State;

  std::unique_ptr<State> state_;
};

}  // namespace perf_timer::inline v0_1
