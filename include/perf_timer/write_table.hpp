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

/// Writes a table of `timers`, one row each.
///
///     perf_timer::write_table(std::cout, reader.next().timers);
///
/// The columns are:
///  - the number of runs;
///  - failed, lost and dropped, if there are any. The reasons and remedies of lost runs are below
///    the table;
///  - busy: average, quantiles and maximum;
///  - queued and elapsed: average and highest quantile;
///  - how the elapsed time divides into busy, queued and idle, as a bar and in numbers. Runs that
///    execute on several threads at once can be busy for more than 100 %.
///
/// A column has one unit, and its numbers have three digits. A "-" says that a timer has no such
/// number. Timers that never ran are only counted, below the table. doc/reading_the_report.md
/// explains a table.
///
/// The text is ASCII except for names. It is written at once, without the stream's formatting
/// flags. Throws `std::bad_alloc`, and what `out` is set to throw. Thread safety: any thread;
/// distinct streams.
PERF_TIMER_EXPORT void write_table(std::ostream& out, std::span<const TimerSnapshot> timers,
                                   const TableOptions& options = {});

}  // namespace perf_timer::inline v0_1
