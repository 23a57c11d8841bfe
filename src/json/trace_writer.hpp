//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/trace/recorded_trace.hpp>
#include <perf_timer/detail/trace/slow_events.hpp>

#include <cstdint>
#include <iosfwd>
#include <string>
#include <vector>

namespace perf_timer::inline v0_1::detail {

/// Why a flight recorder saves a trace.
struct FlightNote {
  std::vector<std::string> reasons;
  std::vector<SlowEvent> slow;  ///< what the trace is saved for; to be marked
  Ticks slower_than = SlowEvents::never;
  std::string saved_at;  ///< by the calendar
  std::uint64_t slow_runs_before = 0,
                slow_steps_before = 0;  ///< since the file before, without one
  std::uint64_t failed_before = 0;      ///< files that couldn't be written
};

/// Writes a trace as JSON. What is slower than the note says is marked.
void write(std::ostream& out, const RecordedTrace& trace, const FlightNote* note = nullptr);

}  // namespace perf_timer::inline v0_1::detail
