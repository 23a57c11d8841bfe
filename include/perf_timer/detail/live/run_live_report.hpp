//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/export.hpp>
#include <perf_timer/live_report_options.hpp>

namespace perf_timer::inline v0_1::detail {

/// Throws `std::invalid_argument` if the options are invalid.
PERF_TIMER_EXPORT void check(const LiveReportOptions& options);

/// Passes an interval to the sink or the log of the options.
PERF_TIMER_EXPORT void report(const LiveReportOptions& options, const Interval& interval);

}  // namespace perf_timer::inline v0_1::detail
