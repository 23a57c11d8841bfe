//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/export.hpp>
#include <perf_timer/interval_reader.hpp>
#include <perf_timer/operations.hpp>
#include <perf_timer/thread_snapshots.hpp>
#include <perf_timer/timer_snapshot.hpp>

#include <boost/json/value.hpp>

#include <span>

namespace perf_timer::inline v0_1 {

/// The version of the schema, which doc/json.md describes. Within one version, members may be added
/// to it. Those that are there keep their meaning.
inline constexpr int json_schema_version = 1;

/// What JSON has in it. Leave something out where it must be small. `timers_from_json` can't read a
/// report from which something was left out.
struct JsonOptions {
  /// The distributions: `buckets` of series. They are most of a report.
  bool buckets = true;
  /// Members that are zero, and series, arrays and texts without anything in them. Without them, a
  /// member that isn't there is zero or empty.
  bool zeros = true;
};

/// Returns the numbers of one timer as JSON. Times are whole nanoseconds. Bytes of its name that
/// aren't UTF-8 become U+FFFD. Throws `std::bad_alloc`. Thread safety: any thread. Link
/// `perf_timer::json`.
[[nodiscard]] PERF_TIMER_EXPORT boost::json::value to_json(const TimerSnapshot& timer,
                                                           const JsonOptions& options = {});

/// Returns a report: `timers`, and the moment of this call. Throws `std::bad_alloc`. Thread safety:
/// any thread.
[[nodiscard]] PERF_TIMER_EXPORT boost::json::value to_json(std::span<const TimerSnapshot> timers,
                                                           const JsonOptions& options = {});

/// Returns the numbers of one thread as JSON, as `threads` of `json_report` has them. Throws
/// `std::bad_alloc`. Thread safety: any thread.
[[nodiscard]] PERF_TIMER_EXPORT boost::json::value to_json(const ThreadSnapshot& thread);

/// Returns the numbers of one operation as JSON. Throws `std::bad_alloc`. Thread safety: any
/// thread.
[[nodiscard]] PERF_TIMER_EXPORT boost::json::value to_json(const OperationSnapshot& operation,
                                                           const JsonOptions& options = {});

/// Returns an array of `operations`, as `operations` of `json_report` has them. Throws
/// `std::bad_alloc`. Thread safety: any thread.
[[nodiscard]] PERF_TIMER_EXPORT boost::json::value to_json(
    std::span<const OperationSnapshot> operations, const JsonOptions& options = {});

/// Returns a report of an interval, with its beginning and its end. Throws `std::bad_alloc`. Thread
/// safety: any thread.
[[nodiscard]] PERF_TIMER_EXPORT boost::json::value to_json(const Interval& interval,
                                                           const JsonOptions& options = {});

}  // namespace perf_timer::inline v0_1
