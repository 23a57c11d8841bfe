//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/export.hpp>
#include <perf_timer/thread_snapshots.hpp>
#include <perf_timer/timer_snapshot.hpp>

#include <span>
#include <string>

namespace perf_timer::inline v0_1 {

/// Returns the line that a timer logs when it is destroyed or at exit, without a newline. The text
/// is empty if the timer never ran.
///
///     timer "foo": average 73.1 usec, 50% <= 70.2 usec, 99% <= 210 usec, max 320.5 usec in 9 runs
///
///     timer "foo": average 11.9 msec +/- 961 usec, max 12.80 msec in 10 runs, 2 failed
///
///     timer "foo": 12.3 msec
///
///     timer "foo": no samples, 1 lost
///
/// Times are busy times. The standard deviation is shown only if there are no quantiles. Failed,
/// lost and dropped runs are shown if there are any. Quotes, backslashes and control characters in
/// the name are escaped, so that the text is always one line.
///
/// Throws `std::bad_alloc`. Thread safety: any thread.
[[nodiscard]] PERF_TIMER_EXPORT std::string report_line(const TimerSnapshot& timer);

/// Returns the line about threads at the foot of the table, without a newline: how many were
/// sampled, which share of their time they were in steps, and for whom. The text is empty if there
/// are no samples, as without a `StallWatch`.
///
///     threads: 2, 96 % in steps: 61 % GET /thumbnail, 30 % GET /ledger in ledger's strand, 5 % in
///     no run (4812 samples)
///
/// Shares are of all samples of all threads. Those below 1 %, and all after the fifth, are one.
///
/// Throws `std::bad_alloc`. Thread safety: any thread.
[[nodiscard]] PERF_TIMER_EXPORT std::string report_line(std::span<const ThreadSnapshot> threads);

}  // namespace perf_timer::inline v0_1
