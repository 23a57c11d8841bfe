//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/export.hpp>
#include <perf_timer/timer_snapshot.hpp>

#include <boost/json/value.hpp>

#include <vector>

namespace perf_timer::inline v0_1 {

/// Returns the timers of a report that `to_json` or `json_report` made, in this process or another:
///
///     for (const auto& timer : perf_timer::timers_from_json(boost::json::parse(text)))
///       std::cout << perf_timer::report_line(timer) << '\n';
///
/// A reason for lost runs that this library doesn't know becomes "another reason".
///
/// If `report` isn't a report of this version of the schema, it throws `std::invalid_argument` that
/// says what is wrong. Throws `std::bad_alloc`. Thread safety: any thread. Link `perf_timer::json`.
[[nodiscard]] PERF_TIMER_EXPORT std::vector<TimerSnapshot> timers_from_json(
    const boost::json::value& report);

}  // namespace perf_timer::inline v0_1
