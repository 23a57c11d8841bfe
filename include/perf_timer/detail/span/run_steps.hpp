//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/clock/ticks.hpp>
#include <perf_timer/detail/span/span.hpp>
#include <perf_timer/detail/span/step_base.hpp>
#include <perf_timer/detail/span/thread_state.hpp>

#include <algorithm>
#include <atomic>

// The steps in which something executes on a run's behalf. Such a step is counted where the
// thread's step ends, or the run. It is as long as the thread's step, or from the run's beginning
// if that is in it, whatever else runs inline: for so long, the thread did nothing but this step.
// Relaxed, as accounts are.

namespace perf_timer::inline v0_1::detail {

/// A step of the run ends that the thread began at `began`. Both times are on the wall clock.
inline void add_step(Span& run, Ticks began, Ticks ended) noexcept {
  run.steps.fetch_add(1, std::memory_order_relaxed);
  const Ticks length = ended - std::max<Ticks>(began, run.opened);
  Ticks longest = run.longest_step.load(std::memory_order_relaxed);
  while (length > longest &&
         !run.longest_step.compare_exchange_weak(longest, length, std::memory_order_relaxed)) {
  }
}

/// Like `switch_current`. The steps end of the runs that aren't current any more.
template <class Clock>
inline Span* end_steps(ThreadState& state, Span* to, Ticks at, Ticks began, Ticks wall) noexcept {
  const Span* const common = state.current && to ? common_ancestor(state.current, to) : nullptr;
  for (Span* s = state.current; s != common; s = s->parent) add_step(*s, began, wall);
  return switch_current<Clock>(state, to, at);
}

/// Returns when the thread's step began in which a run executes that is current here; `no_reading`
/// if the run was opened in it, or executes outside of every step.
[[nodiscard]] inline Ticks step_of_run_began(const ThreadState& state, const Span& run) noexcept {
  const StepBase* step = state.step;
  while (step && (step->is_layer() || is_within(step->span_before(), &run))) step = step->outer();
  return step ? step->last_reading() : no_reading;
}

}  // namespace perf_timer::inline v0_1::detail
