//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/export.hpp>
#include <perf_timer/table_options.hpp>

#include <iosfwd>

namespace perf_timer::inline v0_1 {

/// Writes the table of every live timer, as `write_table` does of `snapshot_all()`. Below the table
/// it says what it costs to measure a run here. Finding that out takes a millisecond for each type
/// of timer, the first time. Below that is what threads were seen to execute, as `report_line` of
/// `thread_snapshots()` says it, if a `StallWatch` has looked.
///
///     perf_timer::write_report(std::cout);
///
/// On a terminal the table fits its width and has colours, as `TableOptions::of(out)` says. Throws
/// `std::bad_alloc`, what an observer throws, and what `out` is set to throw. Thread safety: any
/// thread; distinct streams.
PERF_TIMER_EXPORT void write_report(std::ostream& out);

/// Writes the same with these options, whether `out` is a terminal or not.
PERF_TIMER_EXPORT void write_report(std::ostream& out, const TableOptions& options);

}  // namespace perf_timer::inline v0_1
