//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include "trace_tracks.hpp"
#include "trace_writer.hpp"

#include <cstddef>
#include <vector>

namespace perf_timer::inline v0_1::detail {

/// An event of a trace file.
struct TraceEntry {
  // Those of one moment are written in this order.
  enum class Kind {
    thread_slice,
    executor_slice,
    wait_end,  // the next one may begin
    run_begin,
    wait_begin,
    slow_begin,
    arrow_begin,
    arrow_end,
    run_end,
    slow_end,
    reason
  };

  Ticks at;
  Kind kind;
  Ticks minus_end;  ///< an enclosing slice comes first
  std::size_t track;
  Slice slice;
};

/// Returns the events of a trace, and of its note unless it is null, in the order of the file.
[[nodiscard]] std::vector<TraceEntry> entries_in_order(const RecordedTrace& trace,
                                                       const TraceTracks& tracks,
                                                       const FlightNote* note);

}  // namespace perf_timer::inline v0_1::detail
