//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/export.hpp>
#include <perf_timer/detail/recorder/counters.hpp>
#include <perf_timer/detail/recorder/observer_states.hpp>
#include <perf_timer/timer_snapshot.hpp>

#include <array>
#include <cstdint>
#include <vector>

namespace perf_timer::inline v0_1::detail {

/// Everything that a recorder had recorded at one moment. An interval reader keeps one for each
/// timer, and compares a later one with it. A default-constructed one is of the moment before
/// everything.
struct PERF_TIMER_EXPORT Recorded {
  TimerKind kind = TimerKind::scope;
  std::uint64_t resets = 0;  ///< how often the recorder had been reset
  std::uint64_t runs = 0;
  PartialRuns partial;  ///< of these
  CounterValues counters;
  std::uint64_t open = 0, waiting = 0;  ///< at that moment, whatever was reset
  std::uint64_t stalls = 0;
  std::int64_t longest_stall = 0;              ///< in nanoseconds; 0 if it isn't known
  ObserverStates states;                       ///< if the observer can merge
  std::array<DurationSummary, 3> summaries{};  ///< otherwise, as there is only one state
  RareSeries failed;
  RareSeries cpu;  ///< runs whose processor time was measured: `elapsed` is that
  std::vector<Exemplar> exemplars;

  /// Returns a snapshot without a name. Throws what the observer throws.
  [[nodiscard]] TimerSnapshot snapshot() const;

  /// Returns what came after `earlier`, which is of the same recorder, or after the last `reset` if
  /// that is later. `fresh` and the others are states that have seen nothing. Throws what the
  /// observer throws.
  [[nodiscard]] TimerSnapshot since(const Recorded& earlier, ObserverStates fresh,
                                    FailedStates fresh_failed, FailedStates fresh_cpu) const;

 private:
  [[nodiscard]] Recorded counts() const;
  [[nodiscard]] TimerSnapshot told() &&;
};

}  // namespace perf_timer::inline v0_1::detail
