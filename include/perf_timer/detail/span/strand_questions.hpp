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

// What a strand asks and tells the executor that it is made of, and what that says about functions
// of which the executor isn't told (rule 8).

namespace perf_timer::inline v0_1::detail {

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
template <class Clock>
PERF_TIMER_NOINLINE PERF_TIMER_EXPORT void never_blocks(const Capture& capture) noexcept {
  ThreadState& state = thread_state<Clock>();
  if (state.is(ThreadState::was_offered | ThreadState::of_a_strand)) [[unlikely]]
    told_never_to_block(state, capture);
}

/// Whether a run ever gave a function to a strand whose type is erased. If none did, nobody needs
/// to know where a submission begins.
PERF_TIMER_EXPORT inline constinit std::atomic<bool> erased_strands_are_used{false};

/// Says that some executor was told never to block: another submission begins.
template <class Clock>
PERF_TIMER_NOINLINE PERF_TIMER_EXPORT void never_blocks() noexcept {
  settle_offer(thread_state<Clock>());
}

/// Says that a strand asked an executor with this capture whether it may block, which it does for
/// each function that it is given. Inside a function of the same strand, the function executes at
/// once, and the executor isn't told (rule 8).
template <class Clock>
PERF_TIMER_NOINLINE PERF_TIMER_EXPORT void may_execute_inline(const Capture& capture) noexcept {
  ThreadState& state = thread_state<Clock>();
  state.questioned = &capture;
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
PERF_TIMER_NOINLINE PERF_TIMER_EXPORT void may_be_queued(const Capture& capture) noexcept {
  ThreadState& state = thread_state<Clock>();
  state.questioned = &capture;
  if (!state.current || state.is(ThreadState::submitting)) return;
  state.mode |= ThreadState::was_offered;
  state.offered = &capture;
  if (!erased_strands_are_used.load(std::memory_order_relaxed)) [[unlikely]]
    erased_strands_are_used.store(true, std::memory_order_relaxed);
}

/// Returns whether `may_be_queued` was said, and an executor with this capture is given a function
/// that no strand submits.
template <class Clock>
[[nodiscard]] PERF_TIMER_NOINLINE PERF_TIMER_EXPORT bool is_offered(
    const Capture& capture) noexcept {
  const ThreadState& state = thread_state<Clock>();
  return state.is(ThreadState::was_offered) &&
         !(state.is(ThreadState::was_asked) && state.asked == &capture);
}

/// Takes back `may_be_queued`. That executor never blocks. It was told so for this function, and
/// nobody else was since. So the question was about itself: an executor around it asked, where an
/// `any_io_executor` was made of that.
template <class Clock>
PERF_TIMER_NOINLINE PERF_TIMER_EXPORT void is_not_queued() noexcept {
  thread_state<Clock>().mode &= static_cast<ThreadState::Mode>(~ThreadState::was_offered);
}

// The default clock's instances are compiled into the library.
extern template void may_execute_inline<std::chrono::steady_clock>(const Capture&) noexcept;
extern template void may_be_queued<std::chrono::steady_clock>(const Capture&) noexcept;
extern template void never_blocks<std::chrono::steady_clock>(const Capture&) noexcept;
extern template void never_blocks<std::chrono::steady_clock>() noexcept;
extern template bool is_offered<std::chrono::steady_clock>(const Capture&) noexcept;
extern template void is_not_queued<std::chrono::steady_clock>() noexcept;

}  // namespace perf_timer::inline v0_1::detail
