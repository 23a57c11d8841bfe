//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <functional>
#include <string_view>

namespace perf_timer::inline v0_1 {

/// Called with text to log, without a newline at its end. It is one line unless something else is
/// said. An empty function stands for standard output.
///
///     perf_timer::PerfTimer timer{"decode", {.log = [](std::string_view line) { log(line); }}};
using LogFunction = std::function<void(std::string_view)>;

}  // namespace perf_timer::inline v0_1
