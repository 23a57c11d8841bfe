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

/// Writes the live page with a report of every live timer in it, and of a tracked program's
/// operations. The file keeps showing that report, and needs no server.
///
///     std::ofstream file("perf.html");
///     perf_timer::write_html(file);
///
/// Throws `std::bad_alloc`, what an observer throws, and what `out` is set to throw. Thread safety:
/// any thread; distinct streams. Link `perf_timer::html`.
PERF_TIMER_EXPORT void write_html(std::ostream& out);

/// Writes the page with a report of `timers`. The page shows the moment of this call. Throws
/// `std::bad_alloc`, and what `out` is set to throw. Thread safety: any thread; distinct streams.
PERF_TIMER_EXPORT void write_html(std::ostream& out, std::span<const TimerSnapshot> timers);

}  // namespace perf_timer::inline v0_1
