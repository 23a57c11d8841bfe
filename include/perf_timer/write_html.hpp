//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/export.hpp>
#include <perf_timer/timer_snapshot.hpp>

#include <iosfwd>
#include <span>

namespace perf_timer::inline v0_1 {

/// Writes the live page with a report of every live timer in it: a file that shows it for good, and
/// asks no server.
///
/// A failure to write sets the stream's state, as `<<` does, or is thrown if the stream throws it.
/// Throws what `snapshot_all()` does. Thread safety: distinct streams. Link `perf_timer::html`.
PERF_TIMER_EXPORT void write_html(std::ostream& out);

/// The same of `timers`. The page shows the moment at which it was written.
PERF_TIMER_EXPORT void write_html(std::ostream& out, std::span<const TimerSnapshot> timers);

}  // namespace perf_timer::inline v0_1
