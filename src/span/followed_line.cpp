//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/platform/thread_stack.hpp>
#include <perf_timer/detail/platform/uncaught_exceptions.hpp>
#include <perf_timer/detail/span/followed_line.hpp>
#include <perf_timer/detail/span/open_run.hpp>
#include <perf_timer/detail/span/run_steps.hpp>
#include <perf_timer/detail/span/step_base.hpp>
#include <perf_timer/detail/span/thread_state.hpp>
#include <perf_timer/detail/span/trace_span.hpp>

#include <chrono>
#include <utility>

namespace perf_timer::inline v0_1::detail {
namespace {

using Clock = std::chrono::steady_clock;

/// Returns the innermost span that isn't over, or null.
[[nodiscard]] Span* open_one(Span* span) noexcept {
  while (span && over(*span)) span = span->parent;
  return span;
}

/// Returns the instrumented step that executes; 0 if none does, or if a handler is inside it.
[[nodiscard]] StepId instrumented_step(const ThreadState& state) noexcept {
  return state.step && !state.is(ThreadState::in_handler) ? state.step->id() : 0;
}

/// Says on whose behalf the step executes from now on, or that it is on nobody's. Relaxed: a span
/// was listed before it was current here.
PERF_TIMER_COLD void trace_whose(const ThreadState& state, Ticks at) noexcept {
  if (!state.step) return;
  const Span* const run = innermost_listed(state.current);
  const TracedTimer timer = run ? timer_of(run->listed.load(std::memory_order_relaxed)) : 0;
  trace_run_goes_on<Clock>(at, {timer, run, state.step});
}

void go_back(ThreadState& state, Span* around) noexcept {
  Span* const span = open_one(around);
  if (state.current == span) return;
  const Ticks at = now<Clock>(), began = state.step ? state.step->last_reading() : no_reading;
  release(end_steps<Clock>(state, share(span), at, began, at));
  if (tracing()) [[unlikely]]
    trace_whose(state, at);
}

}  // namespace

void enter_frame(FrameRange frame) noexcept {
  frame.exceptions = executing_frame.exceptions;
  executing_frame = frame;
}

bool is_in_followed_frame(const void* object) noexcept { return executing_frame.contains(object); }

bool outlives_its_handler(const ThreadState& state, const void* run) noexcept {
  return state.is(ThreadState::in_handler) && !is_in_followed_frame(run) && !on_this_stack(run);
}

FollowedLine::~FollowedLine() {
  release(suspended_);
  release(around_);
}

void FollowedLine::begin(FrameRange frame) noexcept {
  around_ = share(thread_state<Clock>().current);
  around_frame_ = std::exchange(executing_frame, frame);
}

void FollowedLine::go_on(FrameRange frame) noexcept {
  if (is_suspended_) wake();
  enter_frame(frame);
}

void FollowedLine::wake() noexcept {
  ThreadState& state = thread_state<Clock>();
  around_frame_ = executing_frame;
  executing_frame.exceptions = uncaught_exceptions_here();
  is_suspended_ = false;
  const bool first = !std::exchange(was_suspended_, true);
  Span* const suspended = std::exchange(suspended_, nullptr);
  // An instrumented executor says itself on whose behalf it executes. So does one that a coroutine
  // is given when it starts.
  if (const StepId here = instrumented_step(state);
      here != 0 && here != suspended_in_ && (first || suspended_in_ != 0)) {
    release(suspended);
    around_ = share(state.current);
    return;
  }
  Span* const span = open_one(suspended);
  if (state.current == span) {
    around_ = share(span);
  } else {
    const Ticks at = now<Clock>();
    around_ = switch_current<Clock>(state, share(span), at);
    if (tracing()) [[unlikely]]
      trace_whose(state, at);
  }
  release(suspended);
}

void FollowedLine::end() noexcept {
  executing_frame = around_frame_;
  Span* const around = std::exchange(around_, nullptr);
  go_back(thread_state<Clock>(), around);
  release(around);
}

FollowedLine::Suspension::Suspension(FollowedLine& line) noexcept
    : step_(thread_state<Clock>().step),
      around_(std::exchange(line.around_, nullptr)),
      around_frame_(line.around_frame_) {
  ThreadState& state = thread_state<Clock>();
  line.suspended_ = share(state.current);
  line.suspended_in_ = instrumented_step(state);
  line.is_suspended_ = true;
  executing_frame = {};
}

FollowedLine::Suspension::~Suspension() {
  ThreadState& state = thread_state<Clock>();
  executing_frame = around_frame_;
  // A stackful coroutine may be in another step now, which has a current span of its own.
  if (state.step == step_) go_back(state, around_);
  release(around_);
}

}  // namespace perf_timer::inline v0_1::detail
