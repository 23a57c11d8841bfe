//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/clock/ticks.hpp>
#include <perf_timer/detail/platform/attributes.hpp>
#include <perf_timer/detail/span/span.hpp>
#include <perf_timer/detail/tracking/operation_completion.hpp>
#include <perf_timer/trace.hpp>

#include "operation.hpp"

namespace perf_timer::inline v0_1::detail {

/// What a trace says of a handler that begins.
struct HandlerToTrace {
  const void* handler;  ///< its address, or that of its step
  bool is_step;
  const Operation& operation;
  bool only_executes;
  const Span* span;  ///< the operation was started on behalf of; may be null
  OperationResult result;
  Ticks started, ready;
};

// Only if `tracing()`.
PERF_TIMER_COLD void trace_handler_began(const HandlerToTrace& handler, Ticks at) noexcept;
PERF_TIMER_COLD void trace_handler_ended(const void* handler, Ticks at) noexcept;

}  // namespace perf_timer::inline v0_1::detail
