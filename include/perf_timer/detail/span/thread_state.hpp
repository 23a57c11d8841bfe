//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/attributes.hpp>
#include <perf_timer/detail/platform/export.hpp>
#include <perf_timer/detail/span/span.hpp>

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
/// that it can be used to the very end of the thread.
struct ThreadState {
  Span* current = nullptr;   ///< owned; what the thread's time is charged to
  StepBase* step = nullptr;  ///< the innermost step; null outside of all
  /// Identifies the stretch in which a run on the stack is open outside of every step, as an id
  /// does a step; 0 until it is asked for.
  std::uint64_t stretch = 0;
  const Handover* submitting = nullptr;  ///< set while a function is handed to an inner executor
  bool nobody_known = false;  ///< nobody knows on whose behalf the innermost step runs (rule 8)
  /// The last executor that was asked for tracking and has submitted nothing since, and which
  /// capture its copy has. Only compared.
  const void* asked = nullptr;
  std::uint16_t asked_capture = 0;
  /// Which capture the last executor had that was told never to block and has submitted nothing
  /// since; 0 if it had none.
  std::uint16_t posting_capture = 0;
  Ticks since = 0;  ///< when `current` was last charged; only for a clock that isn't shared
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
    if (thread_state<std::chrono::steady_clock>().step) return true;
  return steps_of_other_clocks > 0;
}

/// Tells the thread of a handover while it lives.
template <class Clock>
class PERF_TIMER_EXPORT Submitting {
 public:
  PERF_TIMER_NOINLINE explicit Submitting(const Binding* binding) noexcept
      : handover_{binding, thread_state<Clock>().submitting} {
    thread_state<Clock>().submitting = &handover_;
  }
  PERF_TIMER_NOINLINE ~Submitting() { thread_state<Clock>().submitting = handover_.outer; }
  Submitting(const Submitting&) = delete;
  Submitting& operator=(const Submitting&) = delete;

 private:
  const Handover handover_;
};

/// Lives while a function is destroyed that was handed over and never ran, as when the context is
/// shut down. What it submits then is its own: a coroutine's frame is destroyed by a function that
/// its executor is given.
template <class Clock>
class PERF_TIMER_EXPORT NotSubmitting {
 public:
  PERF_TIMER_NOINLINE NotSubmitting() noexcept
      : before_(std::exchange(thread_state<Clock>().submitting, nullptr)) {}
  PERF_TIMER_NOINLINE ~NotSubmitting() { thread_state<Clock>().submitting = before_; }
  NotSubmitting(const NotSubmitting&) = delete;
  NotSubmitting& operator=(const NotSubmitting&) = delete;

 private:
  const Handover* const before_;
};

/// Makes `to` (owned) the current span, and charges both spans at `at`. Returns the previous one,
/// which the caller owns.
template <class Clock>
inline Span* switch_current(ThreadState& state, Span* to, Ticks at) noexcept {
  using Ops = AccountOps<is_shared_clock<Clock>>;
  Span* const from = state.current;
  if constexpr (is_shared_clock<Clock>) {
    if (from != to) {
      Span* const common = from && to ? common_ancestor(from, to) : nullptr;
      for (Span* s = from; s != common; s = s->parent) Ops::leave(s->busy, at);
      for (Span* s = to; s != common; s = s->parent)
        if (Ops::enter(s->busy, at) >= Ops::most_threads) [[unlikely]]
          s->crowded.store(true, std::memory_order_release);
    }
  } else {
    for (Span* s = from; s; s = s->parent) Ops::charge(s->busy, at - state.since);
    state.since = at;
  }
  state.current = to;
  return from;
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

// The default clock's instance is compiled into the library.
extern template class Submitting<std::chrono::steady_clock>;
extern template class NotSubmitting<std::chrono::steady_clock>;

}  // namespace perf_timer::inline v0_1::detail
