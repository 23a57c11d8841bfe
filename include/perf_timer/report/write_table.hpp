//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/recorder/timer_snapshot.hpp>

#include <iosfwd>
#include <span>

namespace perf_timer {

/// Writes a table of timers, one a row, the one with the most busy time in total first.
///
/// For each: runs; average, quantiles and maximum of busy; average and highest quantile of queued
/// and of elapsed; and what share of the elapsed time was busy, queued and idle. Runs that execute
/// in parallel can be busy for more than 100 %. "-" stands where a timer has no such number. Timers
/// that never ran are only counted, in a line below the table.
///
/// The text goes out in one unformatted write: the stream's flags and width are neither used nor
/// changed. Throws `std::bad_alloc`, and what `out` is set to throw.
/// Thread safety: distinct streams, safe.
void write_table(std::ostream& out, std::span<const TimerSnapshot> timers);

}  // namespace perf_timer
