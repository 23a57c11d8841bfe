//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <functional>
#include <string_view>

namespace perf_timer::inline v0_1 {

/// Called with text to log, without a newline at its end: a line where nothing else is said. An
/// empty one is standard output.
using LogFunction = std::function<void(std::string_view)>;

namespace detail {

/// Where a timer's line goes if its options say nothing: standard output, with a newline, in one
/// write, so that lines of several threads don't mix. Works until the very end of the program,
/// for it uses no object that is ever destroyed.
void default_log(std::string_view line) noexcept;

/// The same, seen at once by who reads standard output: for a program that goes on.
void default_live_log(std::string_view text) noexcept;

}  // namespace detail
}  // namespace perf_timer::inline v0_1
