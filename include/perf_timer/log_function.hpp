//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <functional>
#include <string_view>

namespace perf_timer::inline v0_1 {

/// A function of yours that takes text to log. The text is one line, unless the function that calls
/// it says otherwise, and has no newline at its end. It lives until the call returns. An empty
/// function stands for standard output.
///
///     perf_timer::PerfTimer timer{"decode", {.log = [](std::string_view line) { log(line); }}};
using LogFunction = std::function<void(std::string_view)>;

/// A log function that says nothing: for timers that are only in tables and other reports.
///
///     perf_timer::PerfTimer timer{"decode", {.log = perf_timer::silent}};
inline constexpr auto silent = [](std::string_view) noexcept {};

}  // namespace perf_timer::inline v0_1
