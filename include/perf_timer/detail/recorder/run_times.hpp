//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/clock/ticks.hpp>
#include <perf_timer/detail/recorder/lost_reason.hpp>

#include <algorithm>
#include <cstdint>

namespace perf_timer::inline v0_1::detail {

class RunLabels;

/// What is told of a run: its times, also its details, or also some of these.
enum class Told : std::uint8_t { times = 0, details = 1, processor_time = 3, labels = 5 };

[[nodiscard]] constexpr Told operator|(Told a, Told b) noexcept {
  return static_cast<Told>(static_cast<std::uint8_t>(a) | static_cast<std::uint8_t>(b));
}
/// Returns whether all of `what` is told.
[[nodiscard]] constexpr bool tells(Told told, Told what) noexcept { return (told | what) == told; }

/// The times of one run, in nanoseconds.
struct RunTimes {
  Ticks busy = 0;
  Ticks queued = 0;
  Ticks elapsed = 0;
  LostReason lost =
      LostReason::none;     ///< why busy and queued, and elapsed unless partial, aren't known
  bool unwinding = false;   ///< more exceptions were in flight at the end than at the beginning
  bool partial = false;     ///< lost, but elapsed is known
  Told more = Told::times;  ///< what its `RunDetails` say more
};

/// What isn't to be said of every run. Apart from the times, so that others don't pay for it:
/// without, a run executed in one step, which is all of its busy time.
struct RunDetails {
  Ticks off_processor;  ///< of a processor clock: time in steps, but not on a processor
  Ticks held;           ///< of `queued`: another function held the strand
  Ticks unsplit;        ///< of `queued`: it isn't known whether one did
  Ticks more_steps;     ///< in which the run executed than one; -1 if in none
  Ticks longest_step;
  Ticks cpu;  ///< processor time; only of a sampled run
  /// Only of a labelled run, which may be lost. Owned by whoever is told.
  RunLabels* labels;
};

/// Adds those of a part of the run of which there was no step yet.
inline void add(RunDetails& all, const RunDetails& part) noexcept {
  all.off_processor += part.off_processor;
  all.held += part.held;
  all.unsplit += part.unsplit;
  all.more_steps += part.more_steps + 1;
  all.longest_step = std::max(all.longest_step, part.longest_step);
  all.cpu += part.cpu;
}

/// Returns the times, marked as lost if the clock went back. If the wall clock can differ between
/// threads, only busy time is measured on one thread. Queued and elapsed time are then clamped at
/// zero.
template <class Clock>
[[nodiscard]] constexpr RunTimes checked(RunTimes times) noexcept {
  if constexpr (!is_shared_clock<wall_clock_of<Clock>>) {
    times.queued = std::max<Ticks>(times.queued, 0);
    times.elapsed = std::max<Ticks>(times.elapsed, 0);
  }
  if (times.lost == LostReason::none && (times.busy < 0 || times.queued < 0 || times.elapsed < 0))
    times.lost = LostReason::clock_went_back;
  return times;
}

/// Returns the times of a run whose end was told. If it is lost, it is partial now, unless the
/// clock is to blame.
[[nodiscard]] constexpr RunTimes told(RunTimes times) noexcept {
  if (times.lost == LostReason::none) [[likely]]
    return times;
  if (times.elapsed < 0) times.lost = LostReason::clock_went_back;
  times.partial = !has_no_elapsed(times.lost);
  return times;
}

}  // namespace perf_timer::inline v0_1::detail
