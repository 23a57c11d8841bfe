//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/attributes.hpp>
#include <perf_timer/detail/platform/export.hpp>
#include <perf_timer/detail/span/step_base.hpp>
#include <perf_timer/detail/span/thread_state.hpp>

#include <chrono>
#include <new>
#include <stdexcept>

namespace perf_timer::inline v0_1::detail {

/// Returns what the current task has executed so far, by the outermost span that is current. If no
/// run is open, it makes a span of its own, which is captured from then on like a run's.
template <class Clock>
[[nodiscard]] PERF_TIMER_NOINLINE PERF_TIMER_EXPORT Ticks task_counter() {
  ThreadState& state = thread_state<Clock>();
  if (!state.step)
    throw std::logic_error(
        "asio_perf_counter: called outside of an instrumented task; run the caller on an executor "
        "made by instrument(), task() or AsioPerfTimer::wrap() with the same clock");
  if (!state.current) {
    Span* const span = make_span_here<Clock>();
    if (!span) throw std::bad_alloc();
    // Relaxed: nobody else knows the span yet.
    span->closed.store(true, std::memory_order_relaxed);
    span->counted_task.store(true, std::memory_order_relaxed);
    if (Task* const task = state.step->task()) {
      span->task = task;
      task->opened(*span);
    }
    const Ticks at = now<Clock>();
    span->open_idle(wall_now<Clock>(at));
    static_cast<void>(switch_current<Clock>(state, span, at));
  }
  Span* root = state.current;
  while (root->parent) root = root->parent;
  // Relaxed: who reads the counter again, or executes in the task in between, comes after this by
  // what brought it there.
  root->counted_task.store(true, std::memory_order_relaxed);

  const Ticks at = now<Clock>();
  if constexpr (!is_shared_clock<Clock>)
    static_cast<void>(switch_current<Clock>(state, state.current, at));
  const Ticks executed = AccountOps<is_shared_clock<Clock>>::read(root->busy, at);
  if (root->crowded.load(std::memory_order_acquire)) [[unlikely]]
    throw std::runtime_error(
        "asio_perf_counter: more threads execute on behalf of the task than can be counted; let no "
        "more than 512 do so at once");
  return executed;
}

// The default clock's instance is compiled into the library.
extern template Ticks task_counter<std::chrono::steady_clock>();

}  // namespace perf_timer::inline v0_1::detail
