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

/// What one thread did, in its order; nothing is missing in between.
struct TracedThread {
  TraceThread number = 0;
  std::string name;  ///< the system's
  std::vector<Event> events;
};

/// What was recorded between two moments, and has not made room for something later.
struct RecordedTrace {
  Ticks started = 0;
  Ticks ended = 0;            ///< now, if it hasn't
  Ticks complete_since = 0;   ///< an event is missing only if it is older
  std::uint64_t dropped = 0;  ///< events that are missing
  std::vector<TracedThread> threads;
  std::map<TracedTimer, std::string> timers;  ///< their names
};

/// A copy of what is recorded so far; recording goes on. Nothing if no trace was started. Any
/// thread. Throws std::bad_alloc.
[[nodiscard]] PERF_TIMER_EXPORT RecordedTrace recorded_trace();

}  // namespace perf_timer::inline v0_1::detail
