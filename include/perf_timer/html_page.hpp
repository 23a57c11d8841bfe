//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/export.hpp>

#include <string_view>

namespace perf_timer::inline v0_1 {

/// Returns the live page: one HTML document in UTF-8, with its scripts and styles in it. Serve it
/// as `text/html; charset=utf-8` at a path such as `/perf`. Each second the page asks for
/// `perf.json` in the same folder. Serve `json_report()` there.
///
/// The text lives as long as the program. The page shows names of timers as text, never as HTML.
/// Thread safety: any thread. Link `perf_timer::html`.
[[nodiscard]] PERF_TIMER_EXPORT std::string_view html_page() noexcept;

}  // namespace perf_timer::inline v0_1
