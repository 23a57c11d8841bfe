//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/export.hpp>

#include <string>

namespace perf_timer::inline v0_1 {

/// Returns the report of every live timer as JSON text. It is what `to_json` makes of
/// `snapshot_all()`, with `threads`, the `thread_snapshots()`, and of a tracked program with
/// `operations`, what `operations()` returns. Serve it as `application/json` at a path such as
/// `/perf.json`.
///
/// Throws `std::bad_alloc`, and what an observer throws. Thread safety: any thread. Link
/// `perf_timer::json`.
[[nodiscard]] PERF_TIMER_EXPORT std::string json_report();

}  // namespace perf_timer::inline v0_1
