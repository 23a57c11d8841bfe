//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/attributes.hpp>
#include <perf_timer/detail/platform/export.hpp>
#include <perf_timer/detail/platform/thread_stack.hpp>
#include <perf_timer/detail/recorder/run_times.hpp>
#include <perf_timer/detail/span/ending.hpp>
#include <perf_timer/detail/span/exceptions_of_run.hpp>
#include <perf_timer/detail/span/run_to_open.hpp>
#include <perf_timer/detail/span/span_labels.hpp>
#include <perf_timer/detail/span/step_base.hpp>
#include <perf_timer/detail/span/thread_state.hpp>
#include <perf_timer/detail/span/trace_span.hpp>
#include <perf_timer/detail/span/unfollowed.hpp>

#include <chrono>
#include <utility>

namespace perf_timer::inline v0_1::detail {

/// Returns whether a run that is opened here is open when its handler is over, and nobody follows
/// it then: it is neither on the stack, nor in the frame of a followed coroutine.
[[nodiscard]] PERF_TIMER_COLD PERF_TIMER_EXPORT bool outlives_its_handler(const ThreadState& state,
                                                                          const void* run) noexcept;

/// An open causal run. The constructor opens it, and `close` closes it once, on any thread. Neither
/// is inlined, because a coroutine may open it on one thread and close it on another.
template <class Clock>
class PERF_TIMER_EXPORT OpenRun {
 public:
  OpenRun() noexcept { open(not_listed); }
  /// A run of this timer. If there is none, the run is never open, and must not be closed.
  explicit OpenRun(ListedRun timer) noexcept {
    if (timer != not_listed) open(timer);
  }
  /// Opens a run that isn't.
  PERF_TIMER_NOINLINE void open(ListedRun timer) noexcept;
  explicit OpenRun(Unfollowed, ListedRun timer = not_listed) noexcept {
    exceptions_.opened_here();
    give_up_here(timer);
  }
  /// Returns what a run of this timer is opened as that begins now.
  [[nodiscard]] static ListedRun to_open(Recorder& recorder) noexcept {
    return run_to_open(recorder);
  }
  OpenRun(const OpenRun&) = delete;
  OpenRun& operator=(const OpenRun&) = delete;
  ~OpenRun() = default;
  [[nodiscard]] PERF_TIMER_NOINLINE RunTimes close() noexcept;
  void label(const RunLabel& label) { label_span(span_, label); }
  /// What `close` says more; only if it says so.
  [[nodiscard]] const RunDetails& details() const noexcept { return details_; }

  // For traces. The timer says that this is one of its runs when the run is opened, and again when
  // it is closed, because tracing may start in between.
  static constexpr bool is_causal = true;
  void trace_began(TracedTimer timer) const noexcept {
    trace_span_began<Clock>(is_followed() ? span_ : nullptr, timer, true);
  }
  static void trace_ended(TracedTimer timer, const RunTimes& times, RunOutcome outcome) noexcept {
    trace_span_ended<Clock>(timer, times, outcome);
  }

 private:
  using Ops = AccountOps<is_shared_clock<Clock>>;
  using Waiting = AccountOps<is_shared_clock<wall_clock_of<Clock>>>;

  [[nodiscard]] PERF_TIMER_ALWAYS_INLINE bool is_alone(const ThreadState& state) const noexcept;
  [[nodiscard]] PERF_TIMER_ALWAYS_INLINE RunTimes close_alone(ThreadState& state) noexcept;
  [[nodiscard]] PERF_TIMER_NOINLINE RunTimes close_shared(ThreadState& state) noexcept;
  /// Says that it can't be followed. It has at most an elapsed time then.
  PERF_TIMER_COLD PERF_TIMER_NOINLINE void give_up(LostReason reason, Ticks opened) noexcept {
    lost_ = reason;
    opened_ = opened;
  }
  PERF_TIMER_COLD PERF_TIMER_NOINLINE void give_up_here(ListedRun timer) noexcept {
    const bool other_clock = !thread_state<Clock>().step && in_step_of_another_clock<Clock>();
    give_up(other_clock ? LostReason::other_clock : LostReason::not_followed,
            wall_now<Clock>(now<Clock>()));
    if (timer == not_listed || !(span_ = make_span_here<Clock>())) return;
    span_->open_idle(opened_);
    span_->list(timer | only_age_is_known);
  }
  [[nodiscard]] bool is_followed() const noexcept { return lost_ == LostReason::none; }
  [[nodiscard]] PERF_TIMER_COLD PERF_TIMER_NOINLINE RunTimes
  close_given_up(const ThreadState& state) noexcept;

  /// Outside of every step, nothing tells when a coroutine is suspended. A run on the stack can't
  /// be suspended. Any other run is lost.
  [[nodiscard]] bool can_be_followed() const noexcept {
    return in_step_ || on_this_stack(this) || is_in_followed_frame(this);
  }

  PERF_TIMER_COLD PERF_TIMER_NOINLINE bool open_beside_a_queue(ThreadState& state) const noexcept;
  PERF_TIMER_COLD PERF_TIMER_NOINLINE ListedRun opened_sampled(ListedRun timer) const noexcept;

  Span* span_ = nullptr;  // owned while open; if it isn't followed, only listed
  Task* task_ = nullptr;  // owned while open
  ExceptionsOfRun exceptions_;
  Ticks opened_;                        // on the wall clock; only if it isn't followed
  LostReason lost_ = LostReason::none;  // why it can't be followed
  bool in_step_ = false;                // opened in a step
  bool in_destruction_ = false;         // opened in a step that may destroy suspended coroutines
  RunDetails details_;
};

template <class Clock>
void OpenRun<Clock>::open(ListedRun timer) noexcept {
  ThreadState& state = thread_state<Clock>();
  exceptions_.opened_here();
  in_step_ = state.step != nullptr;
  in_destruction_ = in_step_ && state.step->may_destroy();
  if (!can_be_followed()) return give_up_here(timer);
  Span* const span = make_span_here<Clock>();
  if (!span) [[unlikely]]
    return give_up(LostReason::no_memory, wall_now<Clock>(now<Clock>()));
  if (!state.step && !state.current) state.stretch = 0;  // another stretch begins
  span_ = span;
  span->references.store(2, std::memory_order_relaxed);  // the run's and the thread's
  if (Span* const around = innermost_open<Clock>(state)) {
    span->parent = around;  // takes over the thread's reference
    span->depth = around->depth + 1;
  }
  if (exceptions_.were_any()) exceptions_.opened_in(state, *span);
  constexpr auto special = ThreadState::nobody_known | ThreadState::was_offered |
                           ThreadState::may_be_inline | ThreadState::in_handler;
  if (state.is(special)) [[unlikely]] {
    if (outlives_its_handler(state, this)) {
      span->parent = nullptr;  // the thread's again
      release(std::exchange(span_, nullptr), 2);
      return give_up_here(timer);
    }
    if (open_beside_a_queue(state) && timer != not_listed) timer |= times_are_unknown;
  }
  if ((timer & to_be_sampled) != 0) [[unlikely]]
    timer = opened_sampled(timer);
  if (Task* const task = state.step ? state.step->task() : nullptr) {
    task_ = share(task);
    span->task = task;
    task->opened(*span);
    if (timer != not_listed) timer |= may_wait_unseen;
  }
  const Ticks at = now<Clock>();
  span->opened = wall_now<Clock>(at);
  if constexpr (is_shared_clock<Clock>) {
    span->busy.word.store(Ops::entered(at), std::memory_order_release);
    state.current = span;  // the ancestors stay entered
  } else {
    span->open_idle(span->opened);
    static_cast<void>(switch_current<Clock>(state, span, at));
  }
  span->list(timer);
}

/// Rule 8. Returns whether the run is spoilt from the beginning.
template <class Clock>
bool OpenRun<Clock>::open_beside_a_queue(ThreadState& state) const noexcept {
  settle_offer(state);
  span_->was_inline = state.is(ThreadState::may_be_inline) && !on_this_stack(this);
  if (!state.is(ThreadState::nobody_known) || !state.step->is_a_queue() || on_this_stack(this))
    return false;
  spoilt_by_a_queue(span_, span_->parent);  // suspended, it holds what the queue executes next
  return true;
}

/// Nothing tells that the span is sampled while its run is open, but that it has one reference
/// more. So the run isn't ended in the simple way. Returns what it is listed as.
template <class Clock>
ListedRun OpenRun<Clock>::opened_sampled(ListedRun timer) const noexcept {
  if constexpr (!is_processor_clock<Clock>) {
    sample_cpu(*span_);
    static_cast<void>(share(span_));
    if constexpr (is_shared_clock<Clock>)
      AccountOps<true>::enter(span_->cpu, processor_time<Clock>());
  }
  return timer & ~to_be_sampled;
}

template <class Clock>
RunTimes OpenRun<Clock>::close() noexcept {
  ThreadState& state = thread_state<Clock>();
  if (!is_followed()) [[unlikely]]
    return close_given_up(state);
  span_->unlist();
  return is_alone(state) ? close_alone(state) : close_shared(state);
}

template <class Clock>
RunTimes OpenRun<Clock>::close_given_up(const ThreadState& state) noexcept {
  RunTimes times;
  if (span_) {
    span_->unlist();
    tell_labels(*span_, times, details_);
  }
  release(std::exchange(span_, nullptr));
  times.elapsed = wall_now<Clock>(now<Clock>()) - opened_;
  times.lost = lost_;
  times.unwinding = exceptions_.are_exceeded(state);
  return checked<Clock>(times);
}

/// Returns whether only the run and this thread know the span, which is the thread's current one,
/// and it can end in the simple way: nobody has captured it, and it is in no task. Then no function
/// waits on its behalf, no child is open, no other thread is in, and none of that can change any
/// more.
template <class Clock>
inline bool OpenRun<Clock>::is_alone(const ThreadState& state) const noexcept {
  const Span& span = *span_;
  if (task_ || state.current != &span || span.references.load(std::memory_order_acquire) != 2 ||
      span.mixed.load(std::memory_order_relaxed))
    return false;
  if (state.is(ThreadState::may_destroy | ThreadState::was_offered)) return false;
  return span.parent ? !span.parent->closed.load(std::memory_order_acquire)
                     : !span.counted_task.load(std::memory_order_relaxed);
}

template <class Clock>
inline RunTimes OpenRun<Clock>::close_alone(ThreadState& state) noexcept {
  const Ticks at = now<Clock>(), wall = wall_now<Clock>(at);
  Span* const span = std::exchange(span_, nullptr);
  charge_current<Clock>(state, at);
  trace_end<Clock>(*span, wall);
  RunTimes times;
  const Ticks opened = span->opened;
  times.elapsed = wall - opened;
  if (is_untouched<Clock>(*span, opened)) {
    times.busy = times.elapsed;
  } else {
    times.busy = Ops::read(span->busy, at);
    times.queued = Waiting::read(span->queued, wall);
    describe<Clock>(state, *span, wall, 1, times, details_);
    tell_labels(*span, times, details_);
  }
  times.unwinding = exceptions_.are_exceeded(state);
  if (times.elapsed >= AccountOps<true>::too_long) [[unlikely]]
    times.lost = LostReason::too_long;
  state.current = span->parent;  // takes over the span's reference
  free_span_here<Clock>(span);
  return checked<Clock>(times);
}

template <class Clock>
RunTimes OpenRun<Clock>::close_shared(ThreadState& state) noexcept {
  Span* const span = std::exchange(span_, nullptr);
  const AccountsBefore<Clock> before(*span);
  const Ticks at = now<Clock>(), wall = wall_now<Clock>(at);
  charge_current<Clock>(state, at);
  settle_offer(state);
  if (span->sampled) [[unlikely]]
    release(span);
  Ending<Clock> ending(state, *span, before, at, wall);
  ending.trace();
  RunTimes& times = ending.times;
  times.unwinding = exceptions_.are_exceeded(state);
  // Looks once, so that the task and this thread agree.
  const bool goes_on = task_ ? task_->closed(*span) : !over(*span);
  release(std::exchange(task_, nullptr));

  const bool here = is_within(state.current, span);
  if (!here) {
    const bool queue =
        state.is(ThreadState::nobody_known) || span->queued_unseen.load(std::memory_order_relaxed);
    times.lost = queue        ? LostReason::in_a_queue
                 : state.step ? LostReason::in_another_step
                              : LostReason::outside_a_step;
    // Rule 7: what is current was charged with its time, and still holds it.
    spoilt(state.current, common_ancestor(state.current, span), queue);
  } else if (state.step && state.step->may_destroy() && !in_destruction_) {
    times.lost = LostReason::in_another_step;
  } else {
    times.lost = ending.why_wrong(1, details_);
  }
  tell_labels(*span, times, details_);
  if (state.current != span || goes_on) {
    release(span);  // if it stays current, the task's counter goes on in it
    return checked<Clock>(times);
  }
  Span* outer = span->parent;
  while (outer && over(*outer)) outer = outer->parent;  // they ended before the spans inside them
  if (outer == span->parent && span->references.load(std::memory_order_acquire) == 2) {
    state.current = std::exchange(span->parent, nullptr);  // nobody else will need it
    destroy(span);
  } else {
    // A task's counter may still begin in an ended span.
    for (Span* s = span; s != outer; s = s->parent) Ops::leave(s->busy, at);
    state.current = share(outer);
    release(span, 2);
  }
  return checked<Clock>(times);
}

extern template class OpenRun<std::chrono::steady_clock>;  // compiled into the library

}  // namespace perf_timer::inline v0_1::detail
