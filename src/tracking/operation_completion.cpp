//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/span/thread_state.hpp>
#include <perf_timer/detail/tracking/operation_completion.hpp>
#include <perf_timer/detail/tracking/tracking_thread.hpp>

#include "awaited_counts.hpp"
#include "operation.hpp"
#include "trace_handler.hpp"

#include <algorithm>
#include <chrono>

namespace perf_timer::inline v0_1::detail {

void OperationCompletion::begin(OperationResult result, Ticks at) noexcept {
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
  if (tracing()) [[unlikely]]
    trace_handler_began({this, *operation_, span_, result_, started_, ready_at()}, began_);
  if (span_) [[unlikely]]
    tell_runs(ready_at());
  // The handler is a step, whatever its executor, so that a watch sees it. An instrumented executor
  // in it goes on with the same one.
  ThreadState& state = thread_state<std::chrono::steady_clock>();
  if (outer_ || state.step) return;
  lit_ = true;
  if (state.begin_handler()) [[unlikely]]
    state.enlist();
}

Ticks OperationCompletion::ready_at() const noexcept {
  if (operation_->only_executes()) return started_;
  return is_divided() ? std::clamp(ready_, started_, began_) : began_;
}

/// What had arrived, and waited for a thread, isn't idle. Before that, a run waited for this.
void OperationCompletion::tell_runs(Ticks ready) noexcept {
  if (operation_->only_executes()) return;
  if (is_divided())
    for (Span* s = span_; s; s = s->parent) AccountOps<true>::charge(s->queued, began_ - ready);
  AwaitedByAll::instance().add(*span_, operation_->number(), ready - started_);
}

void OperationCompletion::end(Ticks at) noexcept {
  phase_ = Phase::over;
  if (tracing()) [[unlikely]]
    trace_handler_ended(*this, std::max(at, began_));
  const Ticks lasted = std::max<Ticks>(at - began_, 0);
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

void OperationCompletion::end_early() noexcept {
  if (phase_ == Phase::executes)
    invocation_end();
  else if (operation_)
    operation_->drop();
}

}  // namespace perf_timer::inline v0_1::detail
