//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/beacon/beacon.hpp>
#include <perf_timer/detail/platform/attributes.hpp>
#include <perf_timer/detail/platform/export.hpp>
#include <perf_timer/detail/platform/shown_pointer.hpp>
#include <perf_timer/detail/span/charge_spans.hpp>
#include <perf_timer/detail/span/cpu_time.hpp>
#include <perf_timer/detail/span/span.hpp>

#include <atomic>
#include <chrono>
#include <concepts>
#include <cstdint>
#include <utility>

namespace perf_timer::inline v0_1::detail {

class StepBase;
struct Binding;

/// An instrumented executor hands a function that is a step already to an inner executor that may
/// be instrumented too; see `SubmissionFlags::layer`. Lives on the stack meanwhile.
struct Handover {
  const Binding* binding;  ///< what the executor is bound to; may be null
  const Handover* outer;   ///< the executor around it, which handed the function to this one
};

/// What a thread executes right now, as far as one clock's spans go. Trivially destructible, so
/// that it can be used to the very end of the thread. Its beacon is lit while there is a step.
struct ThreadState : Beacon {
  /// Owned; what the thread's time is charged to. Other threads may see which one it is.
  ShownPointer<Span> current;
  StepBase* step = nullptr;  ///< the innermost step; null outside of all
  /// Its `timers()`, while there is a step. Other threads may see them; see `~Binding`.
  ShownPointer<const Binding> timers;
  /// Identifies the stretch in which a run on the stack is open outside of every step, as an id
  /// does a step; 0 until it is asked for.
  std::uint64_t stretch = 0;
  /// Identifies where an executor captured outside of every step and run, as it may be asked where
  /// something is woken; 0 if something was submitted through a capture since (rule 5).
  std::uint64_t captured_outside = 0;
  Sight captured_outside_at = 0;  ///< what the beacon showed
  /// What a submission must know beyond `current`. It is one number, because steps save and replace
  /// it.
  using Mode = std::uint16_t;
  /// The thread hands a function to an inner executor that may be instrumented.
  static constexpr Mode submitting = 1;
  /// `asked` was asked for tracking, and nothing was submitted since.
  static constexpr Mode was_asked = 2;
  /// Inside a strand's function, an executor with `posting_capture` was told never to block, and
  /// nothing was submitted since.
  static constexpr Mode was_told_to_post = 8;
  /// A strand may have queued a function through `offered`, and nothing was submitted since.
  static constexpr Mode was_offered = 512;
  /// A function of an erased strand may execute inline, or have executed. When it is suspended,
  /// what it has opened stays current (rule 8).
  static constexpr Mode may_be_inline = 1024;
  /// The innermost step is a handler's in a tracked program, and no instrumented executor's.
  static constexpr Mode in_handler = 2048;
  /// A strand submits itself, and tells of each of its functions by itself (rule 8).
  static constexpr Mode strand_submits = 4096;
  /// An instrumented executor asks the one inside, and gives it nothing.
  static constexpr Mode only_asking = 8192;
  // The others are those of the innermost step's `SubmissionFlags`.
  static constexpr Mode may_destroy = 4;    ///< it may destroy suspended coroutines
  static constexpr Mode nobody_known = 32;  ///< nobody knows on whose behalf it runs (rule 8)
  static constexpr Mode of_a_strand = 256;  ///< a strand submitted its function
  Mode mode = 0;
  /// Which capture the copy of `asked` has, and whether `asked` was the last to be asked whether it
  /// blocks, as an erased strand asks; see `SubmissionFlags::queue`. Only compared.
  std::uint16_t asked_capture = 0;
  std::uint16_t posting_capture = 0;
  bool asked_plainly = false;          ///< no `any_executor` asked
  const void* asked = nullptr;         ///< the capture of an executor; only compared
  const void* offered = nullptr;       ///< the same
  std::uintptr_t offered_word = 0;     ///< its `Capture::word`
  std::uintptr_t told = 1;             ///< of who was last told never to block; 1 is nobody's
  const void* questioned = nullptr;    ///< whom an `any_executor` last asked whether it blocks
  const Handover* handover = nullptr;  ///< if `submitting`
  [[nodiscard]] bool is(Mode any) const noexcept { return (mode & any) != 0; }

  /// Returns the handover that is under way; null if none is.
  [[nodiscard]] const Handover* handed_over() const noexcept {
    return is(submitting) ? handover : nullptr;
  }

  Ticks since = 0;       ///< when `current` was last charged; only for a clock that isn't shared
  Ticks wall_since = 0;  ///< the same on the wall clock; only for a processor clock
};

/// The calling thread's state. A function that isn't inlined must stand between a coroutine and
/// this. Otherwise the compiler may keep a thread_local's address across a suspension, and the
/// coroutine may continue on another thread. It is visible even if a plugin hides its symbols,
/// because a thread has one state in the whole program.
template <class Clock>
PERF_TIMER_EXPORT PERF_TIMER_INITIAL_EXEC inline constinit thread_local ThreadState
    thread_state_of{};

template <class Clock>
[[nodiscard]] inline ThreadState& thread_state() noexcept {
  return thread_state_of<Clock>;
}

/// How many steps of clocks other than the default one this thread executes. It only tells why a
/// run can't be followed, so it may be wrong where stackful coroutines change threads.
PERF_TIMER_EXPORT PERF_TIMER_INITIAL_EXEC inline constinit thread_local int steps_of_other_clocks =
    0;

template <class Clock>
inline constexpr bool is_default_clock = std::same_as<Clock, std::chrono::steady_clock>;

/// Lives as long as a step.
template <class Clock>
class CountedStep {
 public:
  CountedStep() noexcept {
    if constexpr (!is_default_clock<Clock>) count(1);
  }
  CountedStep(const CountedStep&) = delete;
  CountedStep& operator=(const CountedStep&) = delete;
  ~CountedStep() {
    if constexpr (!is_default_clock<Clock>) count(-1);
  }

 private:
  PERF_TIMER_NOINLINE static void count(int steps) noexcept { steps_of_other_clocks += steps; }
};

/// Returns whether a step of another clock executes here. Requires that none of this clock does.
template <class Clock>
[[nodiscard]] inline bool in_step_of_another_clock() noexcept {
  if constexpr (!is_default_clock<Clock>)
    if (const ThreadState& state = thread_state<std::chrono::steady_clock>();
        state.step && !state.is(ThreadState::in_handler))
      return true;
  return steps_of_other_clocks > 0;
}

/// Tells the thread of a handover while it lives.
template <class Clock>
class PERF_TIMER_EXPORT Submitting {
 public:
  PERF_TIMER_NOINLINE explicit Submitting(const Binding* binding) noexcept
      : Submitting(binding, thread_state<Clock>()) {}
  PERF_TIMER_NOINLINE ~Submitting() {
    ThreadState& state = thread_state<Clock>();
    state.mode = mode_before_;
    state.handover = before_;
  }
  Submitting(const Submitting&) = delete;
  Submitting& operator=(const Submitting&) = delete;

 private:
  Submitting(const Binding* binding, ThreadState& state) noexcept
      : handover_{binding, state.handed_over()}, before_(state.handover), mode_before_(state.mode) {
    state.handover = &handover_;
    state.mode |= ThreadState::submitting;
  }

  const Handover handover_;
  const Handover* const before_;
  const ThreadState::Mode mode_before_;
};

/// Handles `was_offered`: a busy strand has queued the function. Nobody will know on whose behalf
/// it runs, so the run that submitted it lacks its time (rule 8).
PERF_TIMER_COLD PERF_TIMER_EXPORT void was_queued(ThreadState& state) noexcept;

/// Spoils what is current and was opened where it may have executed inline.
PERF_TIMER_COLD PERF_TIMER_EXPORT void spoil_what_was_inline(const ThreadState& state) noexcept;

/// Handles `was_offered` and `may_be_inline` at the end of a step.
PERF_TIMER_COLD PERF_TIMER_EXPORT void settle_strands(ThreadState& state) noexcept;

/// To be called before another span becomes current, or the current one ends.
inline void settle_offer(ThreadState& state) noexcept {
  if (state.is(ThreadState::was_offered)) [[unlikely]]
    was_queued(state);
}

/// Lives while an instrumented executor asks its inner executor for a property. If there is a
/// strand of an instrumented executor inside, it is only asked, and given nothing.
template <class Clock>
class PERF_TIMER_EXPORT OnlyAsking {
 public:
  PERF_TIMER_NOINLINE OnlyAsking() noexcept : OnlyAsking(thread_state<Clock>()) {}
  PERF_TIMER_NOINLINE ~OnlyAsking() {
    ThreadState& state = thread_state<Clock>();
    state.mode &= static_cast<ThreadState::Mode>(~kept);
    state.mode |= before_;
    state.offered = offered_;
  }
  OnlyAsking(const OnlyAsking&) = delete;
  OnlyAsking& operator=(const OnlyAsking&) = delete;

 private:
  static constexpr ThreadState::Mode kept = ThreadState::was_offered | ThreadState::only_asking;

  explicit OnlyAsking(ThreadState& state) noexcept
      : offered_(state.offered), before_(state.mode & kept) {
    state.mode |= ThreadState::only_asking;
  }

  const void* const offered_;
  const ThreadState::Mode before_;
};

/// Lives while a function is destroyed that was handed over and never ran, as when the context is
/// shut down. What it submits then is its own: a coroutine's frame is destroyed by a function that
/// its executor is given.
template <class Clock>
class PERF_TIMER_EXPORT NotSubmitting {
 public:
  PERF_TIMER_NOINLINE NotSubmitting() noexcept : before_(thread_state<Clock>().mode) {
    thread_state<Clock>().mode &=
        static_cast<ThreadState::Mode>(~(ThreadState::submitting | ThreadState::strand_submits));
  }
  PERF_TIMER_NOINLINE ~NotSubmitting() {
    ThreadState& state = thread_state<Clock>();
    settle_offer(state);
    state.mode = before_;
  }
  NotSubmitting(const NotSubmitting&) = delete;
  NotSubmitting& operator=(const NotSubmitting&) = delete;

 private:
  const ThreadState::Mode before_;
};

/// Makes `to` (owned) the current span, and charges both spans at `at`. Returns the previous one,
/// which the caller owns.
template <class Clock>
inline Span* switch_current(ThreadState& state, Span* to, Ticks at) noexcept {
  using Ops = AccountOps<is_shared_clock<Clock>>;
  Span* const from = state.current;
  if (from != to) settle_offer(state);
  if constexpr (is_shared_clock<Clock>) {
    if (from != to) charge_shared<Clock>(from, to, at);
  } else {
    for (Span* s = from; s; s = s->parent) Ops::charge(s->busy, at - state.since);
    state.since = at;
    if constexpr (is_processor_clock<Clock>) {
      const Ticks wall = now<wall_clock_of<Clock>>();
      for (Span* s = from; s; s = s->parent)
        Ops::charge(static_cast<ProcessorSpan*>(s)->in_steps, wall - state.wall_since);
      state.wall_since = wall;
    } else if (from != to && ((from && is_in_a_sample(*from)) || (to && is_in_a_sample(*to)))) {
      Span* const common = from && to ? common_ancestor(from, to) : nullptr;
      state.since = switch_cpu<Clock>(from, to, common, at);
      for (Span* s = common; s; s = s->parent) Ops::charge(s->busy, state.since - at);
    }
  }
  state.current = to;
  std::atomic_signal_fence(std::memory_order_release);  // before `from` may be freed
  return from;
}

/// Makes the innermost span current that hasn't ended, or the outermost one, and returns it.
template <class Clock>
PERF_TIMER_COLD PERF_TIMER_NOINLINE PERF_TIMER_EXPORT Span* leave_ended(
    ThreadState& state) noexcept {
  Span* span = state.current;
  while (has_ended_inside(*span)) span = span->parent;
  release(switch_current<Clock>(state, share(span), now<Clock>()));
  return span;
}

/// Returns the current span, or null. If that has ended, the one around it becomes current first. A
/// span keeps its parent, so callbacks that start each other, each inside a run, would otherwise
/// keep a chain of ended runs.
template <class Clock>
[[nodiscard]] inline Span* innermost_open(ThreadState& state) noexcept {
  if (state.current && has_ended_inside(*state.current)) [[unlikely]]
    return leave_ended<Clock>(state);
  return state.current;
}

/// Charges the current span up to now, because what runs on its behalf may then end elsewhere. Only
/// a clock that isn't shared needs it.
template <class Clock>
inline void settle(ThreadState& state) noexcept {
  if constexpr (!is_shared_clock<Clock>) {
    if (state.current) static_cast<void>(switch_current<Clock>(state, state.current, now<Clock>()));
  } else {
    static_cast<void>(state);
  }
}

// The default clock's instances are compiled into the library.
extern template class Submitting<std::chrono::steady_clock>;
extern template Span* leave_ended<std::chrono::steady_clock>(ThreadState&) noexcept;
extern template class NotSubmitting<std::chrono::steady_clock>;
extern template class OnlyAsking<std::chrono::steady_clock>;

}  // namespace perf_timer::inline v0_1::detail
