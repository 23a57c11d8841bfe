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

/// A step that a thread executes right now.
struct RunningStep {
  std::uint64_t thread = 0;      ///< as debuggers and `top -H` show it
  std::string thread_name = {};  ///< empty if it has none
  /// How long the step has executed at least: since the first time that a call of `running_steps`,
  /// or a stall watch, saw it. Zero if nobody saw it before.
  std::chrono::nanoseconds age{};
  /// How long it has executed at most: since somebody looked before that. Nothing if nobody did.
  std::optional<std::chrono::nanoseconds> age_at_most = {};
  /// The timers of which it is a run, because their `wrap` returned its executor; also those of the
  /// steps around, from inner to outer.
  std::vector<std::string> timers = {};
  bool more_timers = false;  ///< There are more than 32, and the outer ones are left out.
  /// The timers of the open runs on whose behalf it executes, from inner to outer.
  std::vector<std::string> runs = {};
  bool more_runs = false;  ///< Likewise.
  /// Whether the thread was asked for `timers` and `runs`, and answered. If not, they are empty.
  bool explained = false;
};

/// How `running_steps` finds out.
struct RunningStepsOptions {
  /// Ask each thread for timers and runs, by a signal. Its function is interrupted. What the system
  /// can't restart after a signal (`poll`, `epoll_wait`, `nanosleep`) then ends early with `EINTR`.
  /// If false, no signal is sent. On Windows, the thread is suspended for some microseconds
  /// instead.
  bool ask = true;
  /// The signal. Zero stands for `SIGRTMIN + 3`. On Windows it must be zero.
  int signal = 0;
};

/// Returns the steps that threads execute right now on instrumented executors, the oldest first:
/// for a page, a debugger, or a program that is stuck. If the calling thread executes a step, it is
/// among them.
///
/// A beacon says that a step executes, and not since when; so ages are those that readers know.
/// While a `StallWatch` lives they are exact to a quarter of its threshold.
///
/// Thread safety: any thread. Throws `std::invalid_argument` if the program uses the signal, and
/// `std::bad_alloc`.
[[nodiscard]] PERF_TIMER_EXPORT std::vector<RunningStep> running_steps(
    const RunningStepsOptions& options = {});

}  // namespace perf_timer::inline v0_1
