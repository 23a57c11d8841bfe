//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/attributes.hpp>
#include <perf_timer/detail/platform/export.hpp>
#include <perf_timer/detail/recorder/run_times.hpp>
#include <perf_timer/detail/span/run_steps.hpp>
#include <perf_timer/detail/span/submission.hpp>
#include <perf_timer/detail/span/trace_span.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <utility>

namespace perf_timer::inline v0_1::detail {

/// One uninterrupted stretch of execution on this thread. It begins when it is constructed, on the
/// stack, and ends with `end` or its destruction. Steps nest when a function runs inline inside
/// another one. Then the outer step's own time stands still.
///
/// A stackful coroutine can be suspended in the middle of steps that began on its stack. Steps on
/// the thread's stack then end before these. The suspended ones end later, in another step or in
/// none. The own time of neither kind is known, and nothing is restored that is gone.
template <class Clock>
class PERF_TIMER_EXPORT Step : public StepBase {
 public:
  // Neither this nor the ends are inlined, because a stackful coroutine may continue on another
  // thread.
  //
  // `timers` has those of which the step is a run; null if it is none.
  PERF_TIMER_NOINLINE Step(Submission<Clock>& submission, const Binding* timers) noexcept
      : StepBase(submission.task(), submission.submitted_in(), submission.flags(), timers),
        submitted_(submission.since()) {
    ThreadState& state = thread_state<Clock>();
    outer_ = state.step;
    mode_ = std::exchange(state.mode, submission_.mode());
    // Nothing follows the calls, so that a step on nobody's behalf saves no register.
    const bool outermost = !outer_;
    std::atomic_signal_fence(std::memory_order_release);  // signal handlers look at steps
    state.step = this;
    state.timers = timers;
    if (outermost && state.Beacon::begin()) [[unlikely]]
      begin_first(state, submission);
    else
      begin_here(state, submission, outermost, timers != nullptr);
  }

  ~Step() {
    if (phase_ < Phase::ended) leave();
  }

  /// Ends the step, and returns its times as a run of its own. Elapsed time is from submission to
  /// end.
  PERF_TIMER_NOINLINE RunTimes end() noexcept { return end_here(is_timed()); }

  /// The same, inlined, of a step that is timed. Only functions that aren't inlined may call it;
  /// `thread_state_of` says why.
  PERF_TIMER_ALWAYS_INLINE RunTimes end_timed_here() noexcept { return end_here(true); }

  /// Says more of its run, when it has ended.
  void describe(RunDetails& details) const noexcept {
    if constexpr (is_processor_clock<Clock>)
      details.off_processor = std::max<Ticks>(own_wall_ - own_, 0);
  }

  /// Ends the step, if nobody needs the times.
  void finish() noexcept {
    leave();
    if (phase_ < Phase::ended) phase_ = Phase::ended;
  }

  /// How long the function had waited when the step began. Zero if nobody needed it.
  [[nodiscard]] Ticks waited() const noexcept {
    return read_ != no_reading && submitted_ != 0 ? waited_ : 0;
  }
  /// Whether it was suspended, and has ended inside another step or outside of all.
  [[nodiscard]] bool ended_elsewhere() const noexcept { return phase_ == Phase::ended_elsewhere; }

 private:
  /// One number, because each store counts.
  enum class Phase : std::uint8_t {
    charged,
    uncharged,  ///< on nobody's behalf, and in no other step: there was nothing to switch
    ended,
    ended_elsewhere
  };

  PERF_TIMER_COLD PERF_TIMER_NOINLINE void begin_first(ThreadState& state,
                                                       Submission<Clock>& submission) noexcept {
    state.enlist();
    begin_here(state, submission, true, is_timed());
  }
  PERF_TIMER_ALWAYS_INLINE void begin_here(ThreadState& state, Submission<Clock>& submission,
                                           bool outermost, bool timed) noexcept {
    phase_ =
        outermost && !state.current && submission.is_nobodys() ? Phase::uncharged : Phase::charged;
    if (phase_ != Phase::uncharged || timed)
      begin(state, submission);
    else if (tracing()) [[unlikely]]
      trace_began(state);
  }
  PERF_TIMER_NOINLINE void begin(ThreadState& state, Submission<Clock>& submission) noexcept {
    if (phase_ == Phase::uncharged) {
      const Ticks at = now<Clock>(), wall = wall_now<Clock>(at);
      own_ = 0;
      if constexpr (is_processor_clock<Clock>) own_wall_ = 0;
      waited_ = wall - submitted_;
      read_ = wall;
      start_own<Clock>(at, wall);
    } else {
      begin_charged(state, submission);
    }
    if (tracing()) [[unlikely]]
      trace_began(state);
  }
  void begin_charged(ThreadState& state, Submission<Clock>& submission) noexcept {
    own_ = own_since_ = waited_ = 0;
    if constexpr (is_processor_clock<Clock>) own_wall_ = 0;
    submission_.set_exceptions(uncaught_exceptions_here());
    const bool timed = is_timed(), stops = stops_another();
    if (outer_ && !timed) state.timers = timers_around();
    if (is_layer()) {
      if (timed || stops) {
        const Ticks at = now<Clock>(), wall = wall_now<Clock>(at);
        waited_ = wall - submitted_;
        read_ = wall;
        start_own<Clock>(at, wall);
        stop_others<Clock>(at, wall);
      }
    } else {
      Span* const span = submission.resolve();
      if (timed || stops || span || state.current || submission.waits_for_a_span()) {
        const Ticks at = now<Clock>(), wall = wall_now<Clock>(at);
        waited_ = submission.start(wall, span);
        read_ = wall;
        stop_others<Clock>(at, wall);
        start_own<Clock>(at, wall);
        saved_ = switch_current<Clock>(state, span, at);
      }
    }
  }

  /// Like `end`, if nobody needs the times.
  PERF_TIMER_NOINLINE void leave() noexcept {
    ThreadState& state = thread_state<Clock>();
    if (phase_ != Phase::uncharged || state.step != this || state.current || tracing())
      return leave_slowly(state);
    state.step = nullptr;
    state.mode = mode_;
    state.Beacon::end();
  }
  PERF_TIMER_NOINLINE void leave_slowly(ThreadState& state) noexcept {
    if (tracing()) [[unlikely]]
      trace_ended();
    static_cast<void>(end_in(state, is_timed()));
  }

  PERF_TIMER_ALWAYS_INLINE RunTimes end_here(bool timed) noexcept {
    phase_ = Phase::ended;
    if (tracing()) [[unlikely]]
      trace_ended();
    return end_in(thread_state<Clock>(), timed);
  }
  PERF_TIMER_ALWAYS_INLINE RunTimes end_in(ThreadState& state, bool timed) noexcept {
    const bool in_order = state.step == this;
    if (!in_order && !is_around(state.step)) [[unlikely]]
      return end_elsewhere(state);
    RunTimes times;
    if (state.is(ThreadState::was_offered | ThreadState::may_be_inline)) [[unlikely]]
      settle_strands(state);
    const Ticks began = std::exchange(read_, no_reading);
    if (timed || stops_another() || (!is_layer() && saved_ != state.current)) {
      const Ticks at = now<Clock>(), wall = wall_now<Clock>(at);
      read_ = wall;
      if (timed) {
        stop_own<Clock>(at, wall);
        times = checked<Clock>({own_, waited_, wall - submitted_, {}});
      }
      // Restores what was saved, whatever is current, because a run may have ended in between.
      if (!is_layer()) release(end_steps<Clock>(state, saved_, at, began, wall));
      let_others_go_on<Clock>(at, wall);
    } else if (!is_layer()) {
      release(saved_);
    }
    state.step = outer_;
    state.mode = mode_;
    if (outer_)
      state.timers = timers_around();
    else
      state.Beacon::end();
    if (!in_order) [[unlikely]]
      times.lost = LostReason::mixed;
    return times;
  }

 private:
  /// A layer is the same step as the one above it, but may have a timer of its own.
  PERF_TIMER_COLD PERF_TIMER_NOINLINE void trace_began(const ThreadState& state) const noexcept {
    if (is_layer() && !is_timed()) return;
    const Span* const span = is_layer() ? nullptr : innermost_listed(state.current);
    const TracedTimer timer = span ? timer_of(span->listed.load(std::memory_order_relaxed)) : 0;
    trace_step_began<Clock>({this, span, timer, submission_.by(), submitted_});
  }
  PERF_TIMER_COLD PERF_TIMER_NOINLINE void trace_ended() const noexcept {
    if (!is_layer() || is_timed()) trace_step_ended<Clock>(this);
  }

  [[nodiscard]] bool is_around(const StepBase* inner) const noexcept {
    while (inner && inner != this) inner = inner->outer_;
    return inner != nullptr;
  }

  /// The coroutine was suspended in the middle of the step. It goes on on behalf of the span that
  /// was current before the step. The step that resumed it will restore what it found.
  PERF_TIMER_NOINLINE RunTimes end_elsewhere(ThreadState& state) noexcept {
    phase_ = Phase::ended_elsewhere;
    read_ = no_reading;
    RunTimes times;
    times.lost = state.step ? LostReason::in_another_step : LostReason::outside_a_step;
    if (is_layer()) return times;
    if (state.step) {
      const Ticks at = now<Clock>();
      release(end_steps<Clock>(state, saved_, at, state.step->last_reading(), wall_now<Clock>(at)));
    } else {
      release(saved_);
    }
    return times;
  }

  [[no_unique_address]] const CountedStep<Clock> counted_{};
  const Ticks submitted_;
  Ticks waited_;
  Phase phase_;
  ThreadState::Mode mode_;  // the thread's when the step began
};

// The default clock's instance is compiled into the library.
extern template class Step<std::chrono::steady_clock>;

}  // namespace perf_timer::inline v0_1::detail
