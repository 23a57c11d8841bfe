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

/// Returns the timers of a report that `to_json` made.
///
/// Throws `std::invalid_argument` that says what is wrong if it isn't a report of this version of
/// the schema, and `std::bad_alloc`. A reason for lost runs that this library doesn't know becomes
/// "another reason". Thread safety: any thread. Link `perf_timer::json`.
[[nodiscard]] PERF_TIMER_EXPORT std::vector<TimerSnapshot> timers_from_json(
    const boost::json::value& report);

}  // namespace perf_timer::inline v0_1
