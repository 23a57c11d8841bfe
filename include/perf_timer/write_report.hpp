//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/table_options.hpp>
#include <perf_timer/timer_snapshot.hpp>

#include <iosfwd>
#include <vector>

namespace perf_timer::inline v0_1 {

/// What every live timer has measured so far, in the order in which the timers were made.
///
/// May be called at any time from any thread, a log function included. A timer that is made
/// meanwhile may be missing; one that is destroyed meanwhile is whole or missing. Snapshots of
/// different timers are not of the same instant. Throws what an observer throws, and
/// `std::bad_alloc`.
[[nodiscard]] std::vector<TimerSnapshot> snapshot_all();

/// Writes the table of every live timer, as `write_table` does of `snapshot_all()`, and what
/// measuring a run costs here. To find that out takes a millisecond for each kind of timer, the
/// first time. On a terminal it fits, and has colours, as `TableOptions::of(out)` says.
void write_report(std::ostream& out);
void write_report(std::ostream& out, const TableOptions& options);

}  // namespace perf_timer::inline v0_1
