//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/export.hpp>
#include <perf_timer/detail/trace/event.hpp>

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace perf_timer::inline v0_1::detail {

/// The events of one thread, in order and without gaps.
struct TracedThread {
  TraceThread number = 0;
  std::string name;  ///< the system's name for the thread
  std::vector<Event> events;
};

/// The events between two moments that later events haven't overwritten.
struct RecordedTrace {
  Ticks started = 0;
  Ticks ended = 0;            ///< the time of the copy if recording goes on
  Ticks complete_since = 0;   ///< every missing event is older
  std::uint64_t dropped = 0;  ///< number of missing events
  /// What came before was overwritten: the trace reaches back no farther. Later events may be
  /// missing for other reasons.
  Ticks overwritten_until = 0;
  std::vector<TracedThread> threads;
  std::map<TracedTimer, std::string> timers;  ///< their names
};

/// Returns a copy of what has been recorded so far. Recording goes on. The copy is empty if no
/// trace was started. Thread safety: any thread. Throws std::bad_alloc.
[[nodiscard]] PERF_TIMER_EXPORT RecordedTrace recorded_trace();

}  // namespace perf_timer::inline v0_1::detail
