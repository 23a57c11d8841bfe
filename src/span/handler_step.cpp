//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/platform/uncaught_exceptions.hpp>
#include <perf_timer/detail/span/handler_step.hpp>
#include <perf_timer/detail/span/run_steps.hpp>
#include <perf_timer/detail/span/submission.hpp>

#include <atomic>
#include <chrono>
#include <utility>

namespace perf_timer::inline v0_1::detail {
namespace {

using Clock = std::chrono::steady_clock;

[[nodiscard]] SubmissionFlags flags_of(bool unwinding) noexcept {
  SubmissionFlags flags;
  if (unwinding) flags.set(SubmissionFlags::unwinding);
  return flags;
}

/// Returns the timers of the innermost step that has any; null if none has.
[[nodiscard]] const Binding* timers_here() noexcept {
  const StepBase* step = thread_state<Clock>().step;
  while (step && !step->is_timed()) step = step->outer();
  return step ? step->timers() : nullptr;
}

}  // namespace

HandlerStep::HandlerStep(Span* span, bool unwinding) noexcept
    : StepBase(nullptr, 0, flags_of(unwinding), timers_here()) {
  ThreadState& state = thread_state<Clock>();
  outer_ = state.step;
  mode_ = std::exchange(
      state.mode, static_cast<ThreadState::Mode>(submission_.mode() | ThreadState::in_handler));
  std::atomic_signal_fence(std::memory_order_release);  // signal handlers look at steps
  state.step = this;
  state.timers = timers_;
  if (!outer_ && state.Beacon::begin()) [[unlikely]]
    state.enlist();
  // What a started run's executor is given is the run's, whoever gave it.
  if (outer_ && outer_->is_a_strand_of_a_run()) [[unlikely]]
    spoilt_by_a_queue(span);
  if (span || state.current) {
    const int exceptions = uncaught_exceptions_here();
    submission_.set_exceptions(exceptions);
    read_ = now<Clock>();
    saved_ = switch_current<Clock>(state, span, read_);
  }
  if (is_timed()) {
    own_ = 0;
    began_ = now<Clock>();
    start_own<Clock>(began_, began_);
  }
}

HandlerStep::~HandlerStep() {
  ThreadState& state = thread_state<Clock>();
  // A stackful coroutine was suspended in its middle, and goes on in another step.
  if (state.step != this && !is_around(state.step)) [[unlikely]] {
    if (state.step) {
      const Ticks at = now<Clock>();
      saved_ = end_steps<Clock>(state, saved_, at, state.step->last_reading(), at);
    }
    release(saved_);
    return;
  }
  if (state.is(ThreadState::may_be_inline | ThreadState::was_offered)) [[unlikely]]
    settle_strands(state);
  if (is_timed()) give_own_time();
  if (saved_ != state.current) {
    const Ticks at = now<Clock>();
    release(end_steps<Clock>(state, saved_, at, read_, at));
  } else {
    release(saved_);
  }
  state.step = outer_;
  state.mode = mode_;
  if (outer_)
    state.timers = timers_around();
  else
    state.Beacon::end();
}

/// The own time of the step around it goes on, but stands still while steps of instrumented
/// executors are inside this one. These stop this one's.
void HandlerStep::give_own_time() noexcept {
  const Ticks at = now<Clock>();
  stop_own<Clock>(at, at);
  for (StepBase* s = next_to_stop(); s; s = s->same_function())
    if (s->is_timed()) s->own_since_ += at - began_ - own_;
}

bool HandlerStep::is_around(const StepBase* inner) const noexcept {
  while (inner && inner != this) inner = inner->outer();
  return inner != nullptr;
}

bool begin_to_wait(Span& span, Ticks since) noexcept {
  using Waiting = AccountOps<true>;
  std::uint64_t before = 0;  // the outermost span's, which includes those inside it
  for (Span* s = &span; s; s = s->parent) before = Waiting::enter(s->queued, since);
  if (before < Waiting::most_threads) [[likely]]
    return true;
  for (Span* s = &span; s; s = s->parent) {
    Waiting::leave(s->queued, since);
    s->uncounted.fetch_add(1, std::memory_order_relaxed);  // whoever ends the run comes after this
  }
  return false;
}

void end_wait(Span& span, Ticks since, Ticks at, bool counted) noexcept {
  using Waiting = AccountOps<true>;
  for (Span* s = &span; s; s = s->parent) {
    if (counted) {
      Waiting::leave(s->queued, at);
    } else {
      Waiting::charge(s->queued, at - since);
      s->uncounted.fetch_sub(1, std::memory_order_release);
    }
  }
}

bool is_unwinding_here() noexcept { return Submission<Clock>::is_unwinding(thread_state<Clock>()); }

}  // namespace perf_timer::inline v0_1::detail
