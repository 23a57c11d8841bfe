//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/interval_reader.hpp>
#include <perf_timer/timer_snapshot.hpp>

#include <boost/json/value.hpp>

#include <span>
#include <string>
#include <vector>

/// \file
/// What timers show, for other programs: link `perf_timer::json`. The schema is in doc/json.md;
/// times are whole nanoseconds.

namespace perf_timer::inline v0_1 {

/// The version of the schema. Members may be added within one; what is there keeps its meaning.
inline constexpr int json_schema_version = 1;

/// One timer. Bytes of its name that aren't UTF-8 become U+FFFD. Throws `std::bad_alloc`, as all
/// of these. Thread safety: any number of threads.
[[nodiscard]] boost::json::value to_json(const TimerSnapshot& timer);

/// A report: `timers`, and the moment at which they are written.
[[nodiscard]] boost::json::value to_json(std::span<const TimerSnapshot> timers);

/// The same of an interval, which tells its beginning and end.
[[nodiscard]] boost::json::value to_json(const Interval& interval);

/// The text of the report of every live timer: what to serve at a path such as `/perf.json`.
[[nodiscard]] std::string json_report();

/// The timers of a report. Throws `std::invalid_argument` that says what is wrong if it isn't one
/// of this version. A reason for lost runs that this library doesn't know becomes "another
/// reason".
[[nodiscard]] std::vector<TimerSnapshot> timers_from_json(const boost::json::value& report);

}  // namespace perf_timer::inline v0_1
