//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/tracking/operation_completion.hpp>
#include <perf_timer/detail/tracking/tracking_thread.hpp>

#include "operation.hpp"

#include <algorithm>

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
  began_ = at;
}

void OperationCompletion::end(Ticks at) noexcept {
  phase_ = Phase::over;
  const Ticks lasted = at - began_;
  TrackingThread& thread = tracking_thread;
  // A stackful coroutine can be suspended in its middle, so that an outer one ends first.
  if (thread.completion == this) {
    thread.completion = outer_;
    thread.location = location_;
    thread.awaits = {};
    if (outer_) outer_->inside_ += lasted;
  }
  const bool divided = ready_ != 0 && result_ != OperationResult::cancelled;
  const Ticks ready = operation_->only_executes() ? started_
                      : divided                   ? std::clamp(ready_, started_, began_)
                                                  : began_;
  operation_->end({.waiting = ready - started_,
                   .queued = began_ - ready,
                   .busy = lasted - inside_,
                   .divided = divided,
                   .failed = result_ == OperationResult::failure,
                   .cancelled = result_ == OperationResult::cancelled});
}

void OperationCompletion::end_early() noexcept {
  if (phase_ == Phase::executes)
    invocation_end();
  else if (operation_)
    operation_->drop();
}

}  // namespace perf_timer::inline v0_1::detail
