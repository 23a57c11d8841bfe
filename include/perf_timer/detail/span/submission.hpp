//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/attributes.hpp>
#include <perf_timer/detail/platform/export.hpp>
#include <perf_timer/detail/platform/uncaught_exceptions.hpp>
#include <perf_timer/detail/span/capture.hpp>
#include <perf_timer/detail/span/strand_questions.hpp>
#include <perf_timer/detail/span/strand_submission.hpp>
#include <perf_timer/detail/trace/hooks.hpp>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <utility>

namespace perf_timer::inline v0_1::detail {

/// A function between submission and start: on whose behalf it will run (rule 3), and since when it
/// waits. It moves with the function. If it is destroyed unstarted, its waiting ends there.
template <class Clock>
class PERF_TIMER_EXPORT Submission {
 public:
  /// For a function that is submitted here and now, through an executor with this capture and task.
  /// If it is `timed`, it is a run of its own, so its waiting counts whether or not a run is open.
  /// `capture` must be the executor's own, because its address tells executors apart.
  PERF_TIMER_NOINLINE Submission(const Capture& capture, Task* task, bool timed) noexcept
      : task_(task) {
    ThreadState& state = thread_state<Clock>();
    if (state.current || capture.made() || task || state.mode != 0) {
      submit_on_behalf(state, capture, timed);
    } else if (timed || tracing()) {
      submit_on_nobodys_behalf(timed);
    }
  }

  Submission(Submission&& other) noexcept
      : span_(std::exchange(other.span_, nullptr)),
        task_(other.task_),
        since_(other.since_),
        submitted_in_(other.submitted_in_),
        flags_(other.flags_) {}
  Submission& operator=(Submission&&) = delete;
  ~Submission() {
    if (span_) destroyed_unstarted();
  }

  [[nodiscard]] Task* task() const noexcept { return task_; }
  /// `unwinding`: an exception was in flight when the function was submitted, and not before the
  /// step that submitted it; or such a function submitted it. If the exception left the operation
  /// in which a coroutine was about to be suspended, the function destroys that coroutine, and in
  /// turn what awaits it.
  ///
  /// `layer`: the function is a step of an instrumented executor above. That executor knows on
  /// whose behalf it runs, and counts its waiting. Here it is only timed, if a timer wraps the
  /// executor.
  [[nodiscard]] SubmissionFlags flags() const noexcept { return flags_; }
  [[nodiscard]] StepId submitted_in() const noexcept { return submitted_in_; }
  /// The time of submission on the wall clock; zero if nobody needs it.
  [[nodiscard]] Ticks since() const noexcept { return since_; }
  [[nodiscard]] bool waits_for_a_span() const noexcept { return span_ != nullptr; }
  /// Returns whether it starts on nobody's behalf, as far as is known before `resolve`.
  [[nodiscard]] bool is_nobodys() const noexcept {
    return !span_ && !flags_.has(Flags::from_outside | Flags::layer);
  }

  /// Returns the span on whose behalf the function starts. `start` must follow if there is one.
  [[nodiscard]] Span* resolve() noexcept {
    return flags_.has(Flags::from_outside) ? task_->innermost() : span_;
  }

  /// It starts on behalf of `span`, which the caller owns from now on. Returns how long it waited.
  Ticks start(Ticks at, Span* span) noexcept {
    if (span_) {
      stop_waiting(at);
      span_ = nullptr;
    } else if (flags_.has(Flags::from_outside)) {
      // A span that was opened while it waited has waited since then.
      for (Span* s = span; s; s = s->parent)
        Waiting::charge(s->queued, at - std::max<Ticks>(since_, s->opened));
    }
    return at - since_;
  }

  /// Returns whether an exception is in flight that wasn't when the step began.
  [[nodiscard]] static bool is_unwinding(const ThreadState& state) noexcept {
    const int exceptions = uncaught_exceptions_here();
    if (exceptions == 0) [[likely]]
      return false;
    if (!state.step) return true;
    if (const int before = state.step->exceptions_before(); before >= 0) return exceptions > before;
    return !state.current || !state.current->opened_unwinding;
  }

 private:
  using Flags = SubmissionFlags;
  using Wall = wall_clock_of<Clock>;
  using Waiting = AccountOps<is_shared_clock<Wall>>;

  PERF_TIMER_NOINLINE void submit_on_nobodys_behalf(bool timed) noexcept {
    if (timed) since_ = now<Wall>();
    if (tracing()) [[unlikely]]
      trace();
  }

  /// Handles a function that may be submitted on somebody's behalf.
  PERF_TIMER_NOINLINE void submit_on_behalf(ThreadState& state, const Capture& capture,
                                            bool timed) noexcept {
    settle<Clock>(state);
    Flags flags;
    if (state.mode != 0) [[unlikely]] {
      if (state.mode == ThreadState::was_asked) {
        state.mode = 0;
        if (state.asked == &capture) [[unlikely]]
          flags.set_queue(number_of_queue(state));
      } else {
        if (submit_in_mode(state, capture, timed)) return;
        flags = flags_;
      }
    }
    if (capture.made()) {
      submitted_in_ = submitting_stretch_id(state, capture);
      if (const CapturedSpan* const captured = capture.ordinary()) [[likely]]
        span_ = share(came_too_late(captured->in, state) ? state.current : captured->span);
      else
        flags = submit_through(state, capture, flags);
      flags.set(Flags::was_captured);
    } else if (task_ && !(state.step && state.step->task() == task_)) {
      flags.set(Flags::from_outside);
    } else {
      span_ = share(state.current);
    }
    begin_to_wait(state, flags, timed);
  }

  PERF_TIMER_ALWAYS_INLINE void begin_to_wait(const ThreadState& state, Flags flags,
                                              bool timed) noexcept {
    if (span_ || flags.has(Flags::from_outside)) {
      if (is_unwinding(state)) flags.set(Flags::unwinding);
      since_ = now<Wall>();
      if (wait()) [[unlikely]]
        flags.set(Flags::uncounted);
    } else {
      flags.clear(Flags::unwinding);
      if (timed) since_ = now<Wall>();
    }
    flags_ = flags;
    if (tracing()) [[unlikely]]
      trace();
  }

  /// Notes the submitter and the time, so that the trace has an arrow from there. `since_` may be
  /// set, because nobody else reads it if it was zero.
  PERF_TIMER_COLD PERF_TIMER_NOINLINE void trace() noexcept {
    flags_.set_by(trace_thread());
    if (since_ == 0) since_ = now<Wall>();
  }

  /// Handles a function that a layer submits, or a function of a strand (rule 8). Returns false if
  /// nothing is special about it but its flags.
  [[nodiscard]] PERF_TIMER_NOINLINE bool submit_in_mode(ThreadState& state, const Capture& capture,
                                                        bool timed) noexcept {
    if (state.is(ThreadState::was_offered)) take_offer(state, capture);
    if (state.is(ThreadState::was_asked)) {
      state.mode &= static_cast<ThreadState::Mode>(~ThreadState::was_asked);
      if (state.asked == &capture) flags_.set_queue(number_of_queue(state));
    }
    if (state.is(ThreadState::submitting)) {
      flags_.set(Flags::layer);
      if (timed) since_ = now<Wall>();
      return true;
    }
    if (state.is(ThreadState::strand_submits)) {
      strand_submission->is_through_a_run = capture.is_through_a_run();
      if (capture.is_through_a_run()) hide_from_run(*capture.span());
      if (timed) since_ = now<Wall>();
      return true;
    }
    if (state.is(ThreadState::may_destroy)) flags_.set(Flags::unwinding);
    const std::uint16_t posting =
        state.is(ThreadState::was_told_to_post) ? state.posting_capture : std::uint16_t{0};
    state.mode &= static_cast<ThreadState::Mode>(~ThreadState::was_told_to_post);
    if (posting != 0 && is_queue(capture, posting, state)) {
      flags_.set_queue(capture.number());
      if (task_) {
        flags_.set(Flags::from_outside);  // all that a task's executor executes is the task's
      } else {
        flags_.set_nobody_known({});
        if (capture.is_through_a_run()) hide_from_run(*capture.span());
      }
      begin_to_wait(state, flags_, timed);
      return true;
    }
    if (state.is(ThreadState::nobody_known)) {
      if (capture.made())
        may_lack_time(capture, state);
      else if (!task_ || (state.step && state.step->task() == task_))
        flags_.set_nobody_known(detail::nobody_known_since(state));
    }
    return false;
  }

  /// Rule 8: all that the strand executes is the run's, but others submitted it.
  void hide_from_run(Span& run) noexcept {
    if (!flags_.has(Flags::nobody_known)) flags_.set_nobody_known({});
    flags_.set(Flags::of_a_run);
    spoilt_by_a_queue(&run);
  }

  /// Handles a capture that isn't ordinary.
  [[nodiscard]] PERF_TIMER_NOINLINE Flags submit_through(const ThreadState& state,
                                                         const Capture& capture,
                                                         Flags flags) noexcept {
    if (const QueueTime since = capture.nobody_known_since()) flags.set_nobody_known(since);
    const bool current_wins = capture.is_of_run() ? is_within(state.current, capture.span())
                                                  : came_too_late(capture.in(), state);
    span_ = share(current_wins ? state.current : capture.span());
    return flags;
  }

  /// Rule 5: returns whether the capture was made where the executing function was submitted, and
  /// that function's own span had been captured long before.
  [[nodiscard]] static bool came_too_late(StepId captured_in, const ThreadState& state) noexcept {
    const StepBase* const around = StepBase::above_layers(state.step);
    return around && around->was_captured_and_submitted_in(captured_in);
  }

  /// Rule 8: returns whether it is a strand that submits its queue. Its first function made it ask
  /// its executor for a tracked copy, and submit that function at once. The rest is submitted
  /// through the copy when that function ends, and must not block. Asio's work dispatchers do the
  /// same, but may block.
  [[nodiscard]] static bool is_queue(const Capture& capture, std::uint16_t posting,
                                     const ThreadState& state) noexcept {
    return state.step && state.step->queue() == capture.number() && posting == capture.number();
  }

  /// Rule 8: a function of which nobody knows on whose behalf it runs resumes a captured span. It
  /// may be what that span was waiting for. Not if the span was captured later, as the span then
  /// did something else in between.
  static void may_lack_time(const Capture& capture, const ThreadState& state) noexcept {
    if (!capture.span() || is_within(state.current, capture.span())) return;
    if (!(capture.at() < detail::nobody_known_since(state))) return;
    spoilt_by_a_queue(capture.span());
  }

  PERF_TIMER_NOINLINE void destroyed_unstarted() noexcept {
    stop_waiting(now<Wall>());
    release(span_);
  }

  /// A run can have more functions waiting than an account can count. Those beyond are charged when
  /// they start; for them, this returns true. A run that ends before that is lost.
  [[nodiscard]] bool wait() noexcept {
    if constexpr (is_shared_clock<Wall>) {
      std::uint64_t before = 0;  // the outermost span's, which includes those inside it
      for (Span* s = span_; s; s = s->parent) before = Waiting::enter(s->queued, since_);
      if (before < Waiting::most_threads) [[likely]]
        return false;
      for (Span* s = span_; s; s = s->parent) {
        Waiting::leave(s->queued, since_);
        s->uncounted.fetch_add(1, std::memory_order_relaxed);
      }
      return true;
    }
    return false;
  }

  void stop_waiting(Ticks at) noexcept {
    const bool uncounted = flags_.has(Flags::uncounted);
    for (Span* s = span_; s; s = s->parent) {
      if (is_shared_clock<Wall> && !uncounted)
        Waiting::leave(s->queued, at);
      else
        Waiting::charge(s->queued, at - since_);
      if (uncounted) s->uncounted.fetch_sub(1, std::memory_order_release);
    }
  }

  Span* span_ = nullptr;  // owned
  Task* task_;            // the function's executor keeps it alive
  Ticks since_ = 0;
  StepId submitted_in_ = 0;
  SubmissionFlags flags_;
};

// The default clock's instance is compiled into the library.
extern template class Submission<std::chrono::steady_clock>;

}  // namespace perf_timer::inline v0_1::detail
