//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/span/strand_questions.hpp>

namespace perf_timer::inline v0_1::detail {
namespace {

/// Returns whether this step, or one around it, is of an erased strand. It makes no difference
/// whether the strand was given the function through an instrumented executor: that sees nothing of
/// what the strand is given directly.
bool is_inside_an_erased_strand(const StepBase* step) noexcept {
  for (const StepBase* s = step; s; s = s->outer())
    if (s->found_an_erased_strand_idle() || s->is_a_queue()) return true;
  return false;
}

}  // namespace

void was_queued(ThreadState& state) noexcept {
  state.mode &= static_cast<ThreadState::Mode>(~ThreadState::was_offered);
  spoilt_by_a_queue(state.current);
}

// Relaxed: what another thread gives the same strand meanwhile was asked for before.
std::uint16_t number_of_queue(const ThreadState& state) noexcept {
  if (state.asked_plainly) {
    strands_of_others_are_used.store(true, std::memory_order_relaxed);
    erased_strands_are_used.store(true, std::memory_order_relaxed);
    return state.asked_capture | SubmissionFlags::of_an_erased_one;
  }
  return state.asked_capture;
}

void take_offer(ThreadState& state, const Capture& capture) noexcept {
  const std::uintptr_t identity = capture.word();
  if (state.offered_word != identity || (state.offered != &capture && state.told != identity))
    return was_queued(state);
  state.mode &= static_cast<ThreadState::Mode>(~ThreadState::was_offered);
}

// Relaxed: whoever ends the run comes after this, by what brought it there.
void may_be_queued_unseen(Span& span) noexcept {
  for (Span* s = &span; s; s = s->parent)
    if (s->started) s->queued_unseen.store(true, std::memory_order_relaxed);
}

void told_never_to_block(ThreadState& state, const Capture& capture) noexcept {
  // The executor around it was told first.
  if (state.is(ThreadState::only_asking)) return;
  settle_offer(state);  // another submission begins
  if (!capture.made() || !state.is(ThreadState::of_a_strand)) return;
  state.mode |= ThreadState::was_told_to_post;
  state.posting_capture = capture.number();
}

void spoil_what_was_inline(const ThreadState& state) noexcept {
  Span* end = state.current;
  for (Span* s = state.current; s; s = s->parent)
    if (s->was_inline) end = s->parent;
  spoilt_by_a_queue(state.current, end);
}

void settle_strands(ThreadState& state) noexcept {
  settle_offer(state);
  if (state.is(ThreadState::may_be_inline)) spoil_what_was_inline(state);
}

void may_execute_inline_here(ThreadState& state, const Capture& capture) noexcept {
  if (!capture.made()) {
    if (!is_inside_an_erased_strand(state.step)) return;
    // The function counts as the current run's own. Nothing tells when it is suspended, so a run
    // that it opens may get what others execute after that.
    if (state.is(ThreadState::may_be_inline)) spoil_what_was_inline(state);
    state.mode |= ThreadState::may_be_inline;
    return;
  }
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
