//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/export.hpp>

#include <string_view>

namespace perf_timer::inline v0_1 {

/// Returns the live page in UTF-8: one document with all that it needs. Serve it as
/// `text/html; charset=utf-8` at a path such as `/perf`. It asks for `perf.json` beside itself each
/// second, which is `json_report()`.
///
/// The text lives as long as the program. Names of timers are only ever text in the page. Thread
/// safety: any thread. Link `perf_timer::html`.
[[nodiscard]] PERF_TIMER_EXPORT std::string_view html_page() noexcept;

}  // namespace perf_timer::inline v0_1
