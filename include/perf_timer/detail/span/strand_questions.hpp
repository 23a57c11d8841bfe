//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/attributes.hpp>
#include <perf_timer/detail/platform/export.hpp>
#include <perf_timer/detail/span/capture.hpp>
#include <perf_timer/detail/span/thread_state.hpp>

#include <atomic>
#include <chrono>
#include <cstdint>

// What a strand asks and tells the executor that it is made of, and what that says about functions
// of which the executor isn't told (rule 8).

namespace perf_timer::inline v0_1::detail {

/// Whether an executor was ever asked as a strand asks whose type is erased. If none was, nobody
/// needs to know where an executor was told never to block.
PERF_TIMER_EXPORT inline constinit std::atomic<bool> erased_strands_are_used{false};

/// Whether a strand was ever given a function whose executor is somebody's own, around an
/// instrumented one; or something looked like it, see `number_of_queue`.
PERF_TIMER_EXPORT inline constinit std::atomic<bool> strands_of_others_are_used{false};

/// See `may_execute_inline`.
PERF_TIMER_COLD PERF_TIMER_EXPORT void may_execute_inline_here(ThreadState& state,
                                                               const Capture& capture) noexcept;

/// Says that a run may have given a function to a busy strand, if one around it is a started run,
/// which can end in that strand's queue and isn't lost there.
PERF_TIMER_COLD PERF_TIMER_EXPORT void may_be_queued_unseen(Span& span) noexcept;

/// See `never_blocks`.
PERF_TIMER_COLD PERF_TIMER_EXPORT void told_never_to_block(ThreadState& state,
                                                           const Capture& capture) noexcept;

/// Says that an executor with this capture was told never to block, as a strand tells the one
/// through which it submits its queue. `post` and `defer` tell it before they submit a function.
/// The capture keeps where that was; see `Capture::told_never_to_block`.
template <class Clock>
PERF_TIMER_NOINLINE PERF_TIMER_EXPORT void never_blocks(Capture& capture) noexcept {
  ThreadState& state = thread_state<Clock>();
  if (state.is(ThreadState::was_offered | ThreadState::of_a_strand)) [[unlikely]]
    told_never_to_block(state, capture);
  capture.told_never_to_block(next_step_id());
  if (!state.is(ThreadState::only_asking)) state.told = capture.word();
}

/// Remembers that an `any_executor` asked an executor with this capture whether it blocks, as a
/// strand has it asked. Not what an executor asks the one inside: that comes between such a
/// question and what the strand does next.
inline void remember_question(ThreadState& state, const Capture& capture, bool blocks) noexcept {
  if (state.is(ThreadState::only_asking)) return;
  state.questioned = &capture;
  if (erased_strands_are_used.load(std::memory_order_relaxed)) [[likely]]
    return;
  erased_strands_are_used.store(true, std::memory_order_relaxed);
  // A strand is idle where it is given its first function. An executor that was just told never to
  // block doesn't keep where that was, as nobody needed to know before.
  if (!blocks && !state.is(ThreadState::submitting)) state.told = capture.word();
}

/// Says that a strand asked an executor with this capture whether it may block, which it does for
/// each function that it is given. Inside a function of the same strand, the function executes at
/// once, and the executor isn't told (rule 8). `directly`: no `any_executor` asked in between.
template <class Clock>
PERF_TIMER_NOINLINE PERF_TIMER_EXPORT void may_execute_inline(const Capture& capture,
                                                              bool directly = false) noexcept {
  ThreadState& state = thread_state<Clock>();
  if (!directly) remember_question(state, capture, true);
  if (!state.step || state.is(ThreadState::submitting | ThreadState::only_asking)) return;
  if (state.current && !capture.made()) may_be_queued_unseen(*state.current);
  if (state.step->is_inside_a_strand()) [[unlikely]]
    may_execute_inline_here(state, capture);
}

/// Says that a strand asked an executor with this capture, which never blocks, whether it may. The
/// strand does so for each function that it is given. If it is idle, it submits the function
/// through this executor next. Otherwise it queues the function, and tells nobody (rule 8). The
/// question is also asked where an `any_io_executor` is made of the strand, before the function is
/// submitted.
template <class Clock>
PERF_TIMER_NOINLINE PERF_TIMER_EXPORT void may_be_queued(const Capture& capture,
                                                         bool directly = false) noexcept {
  ThreadState& state = thread_state<Clock>();
  if (!directly) remember_question(state, capture, false);
  if (!state.current || state.is(ThreadState::submitting | ThreadState::only_asking)) return;
  if (state.is(ThreadState::was_offered) && state.offered_word != capture.word()) {
    // Where a strand is made of another one, the outer one is idle, and submits itself.
    if (state.is(ThreadState::was_asked) && state.asked == state.offered) return;
    was_queued(state);
  }
  state.mode |= ThreadState::was_offered;
  state.offered = &capture;
  state.offered_word = capture.word();
}

/// Returns which capture the functions have that a strand will submit, where it submits the first
/// one. Whoever asks for tracking plainly and then submits through the same object counts as a
/// strand whose executor is somebody's own. Executors whose copies share one object do so, too.
[[nodiscard]] PERF_TIMER_COLD PERF_TIMER_EXPORT std::uint16_t number_of_queue(
    const ThreadState& state) noexcept;

/// Returns whether an executor with this capture, or one of which it is a copy, was the last that
/// was told never to block.
template <class Clock>
[[nodiscard]] inline bool was_just_told(const Capture& capture) noexcept {
  return thread_state<Clock>().told == capture.word();
}

/// Handles `was_offered` where an executor with this capture is given a function. The executor was
/// asked about itself if it is the same object, or if it was told never to block where the asked
/// one was, and nobody was since. Then it is an idle strand's, or an `any_io_executor` asked that
/// was made of it. Else the strand that asked was busy.
PERF_TIMER_EXPORT void take_offer(ThreadState& state, const Capture& capture) noexcept;

// The default clock's instances are compiled into the library.
extern template void may_execute_inline<std::chrono::steady_clock>(const Capture&, bool) noexcept;
extern template void may_be_queued<std::chrono::steady_clock>(const Capture&, bool) noexcept;
extern template void never_blocks<std::chrono::steady_clock>(Capture&) noexcept;

}  // namespace perf_timer::inline v0_1::detail
