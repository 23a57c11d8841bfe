//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/export.hpp>
#include <perf_timer/log_function.hpp>

namespace perf_timer::inline v0_1::detail {

/// Passes the table of all live timers to `log`, or to standard output if `log` is empty. It
/// swallows exceptions, because the thread that calls it has nobody to tell.
PERF_TIMER_EXPORT void log_report(const LogFunction& log) noexcept;

}  // namespace perf_timer::inline v0_1::detail
