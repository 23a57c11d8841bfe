//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/export.hpp>
#include <perf_timer/interval_reader.hpp>
#include <perf_timer/timer_snapshot.hpp>

#include <boost/json/value.hpp>

#include <span>

namespace perf_timer::inline v0_1 {

/// The version of the schema, which doc/json.md tells. Members may be added within one version.
/// What is there keeps its meaning.
inline constexpr int json_schema_version = 1;

/// Returns what one timer shows, for other programs. Times are whole nanoseconds. Bytes of its name
/// that aren't UTF-8 become U+FFFD. Throws `std::bad_alloc`. Thread safety: any thread.
///
/// Link `perf_timer::json`.
[[nodiscard]] PERF_TIMER_EXPORT boost::json::value to_json(const TimerSnapshot& timer);

/// Returns a report: `timers`, and the moment at which it is made.
[[nodiscard]] PERF_TIMER_EXPORT boost::json::value to_json(std::span<const TimerSnapshot> timers);

/// Returns a report of an interval, which tells its beginning and end.
[[nodiscard]] PERF_TIMER_EXPORT boost::json::value to_json(const Interval& interval);

}  // namespace perf_timer::inline v0_1
