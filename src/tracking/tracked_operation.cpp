//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/span/thread_state.hpp>
#include <perf_timer/detail/tracking/operation_completion.hpp>
#include <perf_timer/detail/tracking/operation_location.hpp>
#include <perf_timer/detail/tracking/tracked_operation.hpp>
#include <perf_timer/detail/tracking/tracking_thread.hpp>

#include "continued_step.hpp"
#include "operation.hpp"
#include "operation_table.hpp"

#include <chrono>

namespace perf_timer::inline v0_1::detail {
namespace {

/// Where the calling thread starts an operation. Locations that were there before the handler which
/// executes are not its own.
[[nodiscard]] OperationStart start_here(OperationSite& site, const char* object,
                                        const char* name) noexcept {
  TrackingThread& thread = tracking_thread;
  const OperationLocation* const end =
      thread.completion ? thread.completion->location_before() : nullptr;
  OperationStart start{.site = &site, .object = object, .name = name};
  if (site.is_awaited) start.awaits = thread.awaits.take();
  auto& [outermost, second, third] = start.locations;
  for (const OperationLocation* at = thread.location; at && at != end; at = at->outer()) {
    third = second;
    second = outermost;
    outermost = at;
  }
  if (outermost && outermost->file() && thread.completion)
    start.inside = thread.completion->continued();
  return start;
}

}  // namespace

void TrackedOperation::tracked_start(OperationSite& site, const char* object, const char* name,
                                     Ticks at, Ticks due) noexcept {
  const NamedOperation* const usual = site.usual.load(std::memory_order_acquire);
  if (usual && usual->object == object && usual->name == name && !tracking_thread.location &&
      !site.is_awaited)
    tracked_operation = usual;
  else
    tracked_operation = &OperationTable::instance().operation(start_here(site, object, name));
  Operation& operation = tracked_operation->operation;
  operation.start();
  tracked_started_at = at;
  tracked_ready_at = due;
  if (operation.may_continue())
    if (const OperationCompletion* const inside = tracking_thread.completion)
      tracked_ready_at = continuing(inside->continued());
  // What an instrumented executor hands down is its function, and no operation that a run awaits.
  const ThreadState& state = thread_state<std::chrono::steady_clock>();
  if (state.current && !state.is(ThreadState::submitting) && !operation.only_executes())
    tracked_span = share(state.current);
}

void TrackedOperation::tracked_give_up() noexcept {
  tracked_operation->operation.drop();
  release(tracked_span);
}

}  // namespace perf_timer::inline v0_1::detail
