//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/timer_snapshot.hpp>

#include <iosfwd>
#include <span>
#include <string_view>

/// \file
/// What timers show, in a browser: link `perf_timer::html`. doc/live_page.md tells more.
///
/// One document, with all that it needs in it. Names of timers are only ever text in it.

namespace perf_timer::inline v0_1 {

/// The live page, in UTF-8: what to serve as `text/html; charset=utf-8` at a path such as `/perf`.
/// It asks for `perf.json` beside itself each second, which is `json_report()`. Lives as long as
/// the program. Thread safety: any number of threads.
[[nodiscard]] std::string_view html_page() noexcept;

/// Writes the same page with a report of every live timer in it: a file that shows it for good, and
/// asks nobody.
///
/// Failures to write are told by the stream's state, as those of `<<` are, or thrown if the stream
/// throws them; else throws what `snapshot_all()` does. Thread safety: distinct streams.
void write_html(std::ostream& out);

/// The same of `timers`, with the moment at which they are written. Throws `std::bad_alloc`.
void write_html(std::ostream& out, std::span<const TimerSnapshot> timers);

}  // namespace perf_timer::inline v0_1
