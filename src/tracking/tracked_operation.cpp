//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/tracking/operation_completion.hpp>
#include <perf_timer/detail/tracking/operation_location.hpp>
#include <perf_timer/detail/tracking/tracked_operation.hpp>
#include <perf_timer/detail/tracking/tracking_thread.hpp>

#include "operation.hpp"
#include "operation_table.hpp"

namespace perf_timer::inline v0_1::detail {
namespace {

/// Where the calling thread starts an operation. Locations that were there before the handler which
/// executes are not its own.
[[nodiscard]] OperationStart start_here(const OperationSite& site, const char* object,
                                        const char* name) noexcept {
  const TrackingThread& thread = tracking_thread;
  const OperationLocation* const end =
      thread.completion ? thread.completion->location_before() : nullptr;
  OperationStart start{.site = &site, .object = object, .name = name};
  for (const OperationLocation* at = thread.location; at && at != end; at = at->outer()) {
    start.inner = start.outermost;
    start.outermost = at;
  }
  if (!start.outermost) return start;
  if (!start.outermost->file())
    start.awaits = thread.awaits;
  else if (thread.completion)
    start.inside = thread.completion->operation();
  return start;
}

}  // namespace

void TrackedOperation::tracked_start(const OperationSite& site, const char* object,
                                     const char* name, Ticks due) noexcept {
  tracked_operation = &OperationTable::instance().operation(start_here(site, object, name));
  tracked_operation->start();
  tracked_started_at = now<std::chrono::steady_clock>();
  tracked_ready_at = due;
}

}  // namespace perf_timer::inline v0_1::detail
