//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/export.hpp>

#include <string_view>

namespace perf_timer::inline v0_1::detail {

/// Writes a timer's line and a newline to standard output. It uses one write, so that lines of
/// several threads don't mix. It works until the very end of the program, because it uses no object
/// that is ever destroyed.
PERF_TIMER_EXPORT void default_log(std::string_view line) noexcept;

/// The same, and flushes, for a program that goes on.
PERF_TIMER_EXPORT void default_live_log(std::string_view text) noexcept;

}  // namespace perf_timer::inline v0_1::detail
