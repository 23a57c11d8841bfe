//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/export.hpp>
#include <perf_timer/table_options.hpp>
#include <perf_timer/timer_snapshot.hpp>

#include <iosfwd>
#include <span>

namespace perf_timer::inline v0_1 {

/// Writes a table of timers, one a row, the one with the most busy time in total first.
///
/// For each: runs; average, quantiles and maximum of busy; average and highest quantile of queued
/// and of elapsed; and what share of the elapsed time was busy, queued and idle, as a bar and in
/// numbers. Runs that execute in parallel can be busy for more than 100 %. A column has one unit,
/// and its numbers three digits. "-" stands where a timer has no such number. Failed, lost and
/// dropped runs have columns if there are any, and what was lost is told below with the reason and
/// the remedy. Timers that never ran are only counted, in a line below the table.
///
/// ASCII, but for names. The text goes out in one unformatted write: the stream's flags and width
/// are neither used nor changed. Throws `std::bad_alloc`, and what `out` is set to throw.
/// Thread safety: distinct streams, safe.
PERF_TIMER_EXPORT void write_table(std::ostream& out, std::span<const TimerSnapshot> timers,
                                   const TableOptions& options = {});

}  // namespace perf_timer::inline v0_1
