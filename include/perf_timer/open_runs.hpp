//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/export.hpp>

#include <array>
#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace perf_timer::inline v0_1 {

/// What an open run does at the moment.
enum class OpenRunState : unsigned char {
  executing,  ///< At least one thread executes on its behalf.
  waiting,    ///< No thread does, but a function waits on its behalf for a thread or a strand.
  idle,       ///< Neither: it waits for something else, such as I/O or a timer.
  unknown,    ///< It can't be followed, or its clock doesn't tell.
};

/// Returns the name of a state: "executing", "waiting", "idle" or "unknown".
[[nodiscard]] constexpr std::string_view to_string(OpenRunState state) noexcept {
  constexpr std::array<std::string_view, 4> words{"executing", "waiting", "idle", "unknown"};
  return words[static_cast<std::size_t>(state)];
}

/// A run that has begun and not ended. A plain value.
struct OpenRun {
  std::string name{};              ///< The name of its timer.
  std::chrono::nanoseconds age{};  ///< How long it has been open.
  /// How long it has executed so far, as a run's busy time is counted. Nothing if that isn't known:
  /// the run will be partial or lost, or its clock can't be read for another thread.
  std::optional<std::chrono::nanoseconds> busy{};
  /// How long it has waited for a thread or a strand so far. Nothing if that isn't known: like
  /// `busy`, or it was opened in a task, for which functions wait that nobody has asked for yet.
  std::optional<std::chrono::nanoseconds> queued{};
  OpenRunState state = OpenRunState::unknown;  ///< What it does.

  /// Whether all members are equal.
  bool operator==(const OpenRun&) const = default;
};

/// Returns runs that are open, the oldest first, and no more than `most`: those of timers that are
/// alive, and have a run that can be told from others. That is what an `AsioPerfTimer` measures,
/// decorates, starts or times. A scope of a `PerfTimer` or `ThreadPerfTimer` is only counted, and
/// so is a function of a wrapped executor (`TimerSnapshot::open`, `waiting`). So is a run on a
/// clock whose wall clock differs by thread.
///
/// Nobody knows that a run waits in the queue of a strand that was made of an instrumented executor
/// in an `any_io_executor`. It seems idle until it comes out of the queue; then it is lost or
/// partial.
///
/// Each run is seen at a moment of its own. Runs that begin or end meanwhile may be missing. Nobody
/// who measures is held up: it reads what runs are made of, wherever they are. That takes about
/// 0.1 ms for a thousand runs. Throws `std::bad_alloc`.
///
/// Thread safety: any thread at any time.
[[nodiscard]] PERF_TIMER_EXPORT std::vector<OpenRun> open_runs(std::size_t most = 100);

}  // namespace perf_timer::inline v0_1
