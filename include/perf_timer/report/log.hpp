//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <string_view>

namespace perf_timer::detail {

/// Where a timer's line goes if its options say nothing: standard output, with a newline, in one
/// write, so that lines of several threads don't mix. Works until the very end of the program,
/// for it uses no object that is ever destroyed.
void default_log(std::string_view line) noexcept;

}  // namespace perf_timer::detail
