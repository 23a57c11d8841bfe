//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/span/strand_submission.hpp>
#include <perf_timer/detail/span/thread_state.hpp>
#include <perf_timer/detail/tracking/operation_completion.hpp>
#include <perf_timer/detail/tracking/tracking_thread.hpp>

#include "awaited_counts.hpp"
#include "operation.hpp"
#include "trace_handler.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

namespace perf_timer::inline v0_1::detail {

void OperationCompletion::begin(OperationResult result, Ticks at, bool followed) noexcept {
  if (!operation_) {
    phase_ = Phase::over;
    return;
  }
  TrackingThread& thread = tracking_thread;
  phase_ = Phase::executes;
  result_ = result;
  outer_ = thread.completion;
  location_ = thread.location;
  thread.completion = this;
  thread.awaits = {};
  began_ = std::max(at, started_);  // readings on two threads can be some nanoseconds off
  begin_step(followed);
}

/// The handler is a step, whatever its executor. What an instrumented executor or a strand hands
/// down is none, as there are steps inside it. But a watch sees it.
void OperationCompletion::begin_step(bool followed) noexcept {
  if (span_) [[unlikely]]
    tell_runs();
  Span* const span = std::exchange(span_, nullptr);
  if (followed && !notes().has(FunctionNotes::handed_down | FunctionNotes::strands_own)) {
    step_.emplace(span, notes().has(FunctionNotes::unwinding));
    if (tracing()) [[unlikely]]
      trace_begin(span);
    return;
  }
  if (tracing()) [[unlikely]]
    trace_begin(span);
  release(span);
  ThreadState& state = thread_state<std::chrono::steady_clock>();
  if (outer_ || state.step) return;
  lit_ = true;
  if (state.begin_handler()) [[unlikely]]
    state.enlist();
}

void OperationCompletion::trace_begin(const Span* span) const noexcept {
  trace_handler_began({.handler = identity(),
                       .is_step = step_.has_value(),
                       .operation = *operation_,
                       .only_executes = notes().is_function(),
                       .span = span,
                       .result = result_,
                       .started = started_,
                       .ready = ready_at()},
                      began_);
}

Ticks OperationCompletion::ready_at() const noexcept {
  if (notes().is_function()) return started_;
  return is_divided() ? std::clamp(ready_, started_, began_) : began_;
}

/// What had arrived, and waited for a thread, isn't idle. Before that, a run waited for this.
void OperationCompletion::tell_runs() noexcept {
  if (notes().is_function()) return end_wait_of_function(began_);
  const Ticks ready = ready_at();
  if (is_divided())
    for (Span* s = span_; s; s = s->parent) AccountOps<true>::charge(s->queued, began_ - ready);
  AwaitedByAll::instance().add(*span_, operation_->number(), ready - started_);
}

void OperationCompletion::end_wait_of_function(Ticks at) noexcept {
  end_wait(*span_, started_, std::max(at, started_), !notes().has(FunctionNotes::uncounted));
}

void OperationCompletion::end(Ticks at) noexcept {
  phase_ = Phase::over;
  if (tracing()) [[unlikely]]
    trace_handler_ended(identity(), std::max(at, began_));
  const Ticks lasted = std::max<Ticks>(at - began_, 0);
  step_.reset();
  TrackingThread& thread = tracking_thread;
  // A stackful coroutine can be suspended in its middle, so that an outer one ends first. What is
  // inside that then executes elsewhere.
  const OperationCompletion* inner = thread.completion;
  while (inner && inner != this) inner = inner->outer_;
  if (inner) {
    if (thread.completion == this && outer_) outer_->inside_ += lasted;
    thread.completion = outer_;
    thread.location = location_;
    thread.awaits = {};
  }
  if (lit_) thread_state<std::chrono::steady_clock>().end_handler();
  const Ticks ready = ready_at();
  operation_->end({.waiting = ready - started_,
                   .queued = began_ - ready,
                   .busy = std::max<Ticks>(lasted - inside_, 0),
                   .divided = is_divided(),
                   .failed = result_ == OperationResult::failure,
                   .cancelled = result_ == OperationResult::cancelled,
                   .goes_on = started_as_->goes_on});
}

void OperationCompletion::leave_strand() noexcept {
  left_strand_ = true;
  strand_submits_itself();  // and executes it inline
  thread_state<std::chrono::steady_clock>().mode &=
      static_cast<ThreadState::Mode>(~ThreadState::strand_submits);
}

void OperationCompletion::enter_strand_again() const noexcept {
  thread_state<std::chrono::steady_clock>().mode |= ThreadState::strand_submits;
}

void OperationCompletion::end_early() noexcept {
  if (phase_ == Phase::executes) return invocation_end();
  if (!operation_) return;
  operation_->drop();
  if (!span_) return;
  if (notes().is_function()) end_wait_of_function(steady_now());
  release(span_);
}

}  // namespace perf_timer::inline v0_1::detail
