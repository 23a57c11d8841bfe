//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/export.hpp>

#include <iosfwd>

namespace perf_timer::inline v0_1 {

/// Writes what `start_trace` has recorded so far, as JSON in Chrome's trace event format, which
/// https://ui.perfetto.dev and chrome://tracing open. Recording goes on if it wasn't stopped. With
/// no trace, one without events.
///
/// Times are microseconds since the trace was started, to the nanosecond. Three processes:
/// "threads" has a track for each thread with its steps, and the runs of timers of ordinary code;
/// "executors" one or more for each timer that wraps executors; "runs" the causal runs of
/// `AsioPerfTimer`. Arrows lead from where a function was submitted to the step that it was.
/// doc/trace.md tells more.
///
/// Any thread. Throws what the stream throws, and `std::bad_alloc`: it needs some five
/// times the memory of the trace for a moment.
PERF_TIMER_EXPORT void write_trace(std::ostream& out);

}  // namespace perf_timer::inline v0_1
