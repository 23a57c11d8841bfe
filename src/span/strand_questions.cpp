//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/span/strand_questions.hpp>

namespace perf_timer::inline v0_1::detail {

void was_queued(ThreadState& state) noexcept {
  state.mode &= static_cast<ThreadState::Mode>(~ThreadState::was_offered);
  spoilt_by_a_queue(state.current);
}

void told_never_to_block(ThreadState& state, const Capture& capture) noexcept {
  settle_offer(state);  // another submission begins
  if (!capture.made() || !state.is(ThreadState::of_a_strand)) return;
  state.mode |= ThreadState::was_told_to_post;
  state.posting_capture = capture.number();
}

void may_execute_inline_here(ThreadState& state, const Capture& capture) noexcept {
  if (!capture.made()) return;  // it counts as the current run's own
  if (const QueueTime since = capture.nobody_known_since()) {
    state.step->nobody_known(since);
    state.mode |= ThreadState::nobody_known;
  }
  // The current span is charged with it, although it may be another's, and that one lacks it.
  Span* const shared = common_ancestor(state.current, capture.span());
  if (shared && shared == capture.span()) return;
  spoilt_by_a_queue(state.current, shared);
  spoilt_by_a_queue(capture.span(), shared);
}

}  // namespace perf_timer::inline v0_1::detail
