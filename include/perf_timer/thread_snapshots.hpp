//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/export.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace perf_timer::inline v0_1 {

/// What a thread was seen to execute, and how often.
struct ExecutedFor {
  /// The timer of the innermost open run on whose behalf it executed; empty if there was none.
  std::string run = {};
  /// The timer that wraps the executor of the function, or of the innermost function around it that
  /// has one; empty if none has.
  std::string executor = {};
  std::uint64_t samples = 0;  ///< In so many samples.

  /// Whether all members are equal.
  bool operator==(const ExecutedFor&) const = default;
};

/// How full a thread is that executes steps. A plain value.
///
/// Processor time and steps are exact. The rest is sampled: while a `StallWatch` lives, its thread
/// looks at all threads, four times in `longer_than`, and counts what each executes. Without a
/// watch there are no samples. Numbers are of the whole life of the thread; subtract those of an
/// earlier snapshot to get an interval.
struct ThreadSnapshot {
  std::uint64_t thread = 0;  ///< As debuggers and `top -H` show it.
  std::string name = {};     ///< The system's name for it; empty if it has none.
  /// If not zero, it isn't one thread, but so many that have ended, with the samples of all.
  std::uint64_t ended = 0;
  std::chrono::nanoseconds age{};  ///< The time since its first step.
  /// The processor time that it has used, by the system's count. Nothing if the system can't tell,
  /// and of threads that have ended.
  std::optional<std::chrono::nanoseconds> processor_time = {};
  std::uint64_t steps = 0;    ///< How many steps it has begun; those inside others don't count.
  std::uint64_t samples = 0;  ///< How often a watch has looked at it.
  std::uint64_t idle = 0;     ///< In so many of these samples, it executed no step.
  /// What it executed in the others, the most frequent first.
  std::vector<ExecutedFor> executed = {};

  /// Returns the share of its time in steps, from 0 to 1; nothing if there are no samples.
  [[nodiscard]] std::optional<double> in_steps() const noexcept {
    if (samples == 0) return {};
    return static_cast<double>(samples - idle) / static_cast<double>(samples);
  }
  /// Returns how many steps it has begun in a second, on average.
  [[nodiscard]] double steps_per_second() const noexcept {
    const double seconds = std::chrono::duration<double>(age).count();
    return seconds > 0 ? static_cast<double>(steps) / seconds : 0;
  }

  /// Whether all members are equal.
  bool operator==(const ThreadSnapshot&) const = default;
};

/// Returns a snapshot of each thread that has executed a step on an instrumented executor, in the
/// order of their first steps. If threads with samples have ended, one more snapshot, the last, is
/// of all of these together.
///
/// A function that still executes on behalf of a run that has ended is on behalf of none. At most
/// 1000 names are told apart; timers that are seen after that are "(other timers)".
///
/// Thread safety: any thread. Throws `std::bad_alloc`.
[[nodiscard]] PERF_TIMER_EXPORT std::vector<ThreadSnapshot> thread_snapshots();

}  // namespace perf_timer::inline v0_1
