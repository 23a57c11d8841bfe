//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/export.hpp>

#include <iosfwd>

namespace perf_timer::inline v0_1 {

/// Writes what was recorded since `start_trace` as JSON, for https://ui.perfetto.dev and
/// chrome://tracing. The format is Chrome's trace event format.
///
///     std::ofstream file("server.trace.json");
///     perf_timer::write_trace(file);
///
/// Recording goes on if it wasn't stopped. If nothing was recorded, the trace has no events. Times
/// are microseconds since `start_trace`, with three decimals. doc/trace.md explains what the trace
/// shows.
///
/// For a moment it needs some five times the memory of the trace. Throws `std::bad_alloc`, and what
/// `out` is set to throw. Thread safety: any thread; distinct streams. Link `perf_timer::json`.
PERF_TIMER_EXPORT void write_trace(std::ostream& out);

}  // namespace perf_timer::inline v0_1
