//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "trace_handler.hpp"

#include <perf_timer/detail/span/trace_span.hpp>
#include <perf_timer/detail/trace/hooks.hpp>

#include <chrono>

namespace perf_timer::inline v0_1::detail {
namespace {

[[nodiscard]] bool is_traced() noexcept { return traced(timeline_id<std::chrono::steady_clock>()); }

[[nodiscard]] RunOutcome outcome_of(OperationResult result) noexcept {
  return result == OperationResult::failure     ? RunOutcome::failed
         : result == OperationResult::cancelled ? RunOutcome::cancelled
                                                : RunOutcome::measured;
}

}  // namespace

void trace_handler_began(const HandlerToTrace& handler, Ticks at) noexcept {
  if (!is_traced()) return;
  const Span* const run = innermost_listed(handler.span);
  record(at, HandlerBegan{.handler = handler.handler,
                          .span = run,
                          .timer = run ? timer_of(run->listed.load(std::memory_order_relaxed)) : 0,
                          .operation = handler.operation.number(),
                          .is_step = handler.is_step,
                          .only_executes = handler.only_executes,
                          .outcome = outcome_of(handler.result),
                          .started = handler.started,
                          .ready = handler.ready});
}

void trace_handler_ended(const void* handler, Ticks at) noexcept {
  if (is_traced()) record(at, HandlerEnded{handler});
}

}  // namespace perf_timer::inline v0_1::detail
