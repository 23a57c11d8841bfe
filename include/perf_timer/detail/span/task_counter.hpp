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
#include <utility>

namespace perf_timer::inline v0_1::detail {

/// Returns the span that `span` was opened inside of, and that was opened inside of none.
[[nodiscard]] inline Span& outermost_of(Span& span) noexcept {
  Span* outermost = &span;
  while (outermost->parent) outermost = outermost->parent;
  return *outermost;
}

/// Makes the current task's counter begin in what is current, or in a span of its own, which is
/// captured from then on like a run's. Returns the outermost span that is current then.
template <class Clock>
[[nodiscard]] PERF_TIMER_NOINLINE Span& begin_to_count(ThreadState& state) {
  Task* const task = state.step->task();
  Span* own = task ? task->count(state.current) : nullptr;
  if (!own && !state.current) {
    own = make_span_here<Clock>();
    if (!own) throw std::bad_alloc();
    // Relaxed: nobody else knows the span yet.
    own->closed.store(true, std::memory_order_relaxed);
    own->counted_task.store(true, std::memory_order_relaxed);
    own->open_idle(wall_now<Clock>(now<Clock>()));
    if (task) {
      own->task = task;
      if (Span* const another = task->count(own)) release(std::exchange(own, another));
    }
  }
  if (own) release(switch_current<Clock>(state, own, now<Clock>()));
  Span& outermost = outermost_of(*state.current);
  // Relaxed: who reads the counter again, or executes in the task in between, comes after this by
  // what brought it there. Who just ends the run looks under the task's lock, or goes on by itself.
  outermost.counted_task.store(true, std::memory_order_relaxed);
  return outermost;
}

/// Returns what the current task has executed so far, by the outermost span that is current.
template <class Clock>
[[nodiscard]] PERF_TIMER_NOINLINE PERF_TIMER_EXPORT Ticks task_counter() {
  ThreadState& state = thread_state<Clock>();
  if (!state.step)
    throw std::logic_error(
        "asio_perf_counter: called outside of an instrumented task; run the caller on an executor "
        "made by instrument(), task() or AsioPerfTimer::wrap() with the same clock");
  Span* counted = state.current ? &outermost_of(*state.current) : nullptr;
  if (!counted || !counted->counted_task.load(std::memory_order_relaxed))
    counted = &begin_to_count<Clock>(state);

  const Ticks at = now<Clock>();
  if constexpr (!is_shared_clock<Clock>)
    static_cast<void>(switch_current<Clock>(state, state.current, at));
  const Ticks executed = AccountOps<is_shared_clock<Clock>>::read(counted->busy, at);
  if (counted->crowded.load(std::memory_order_acquire)) [[unlikely]]
    throw std::runtime_error(
        "asio_perf_counter: more threads execute on behalf of the task than can be counted; let no "
        "more than 512 do so at once");
  return executed;
}

// The default clock's instance is compiled into the library.
extern template Ticks task_counter<std::chrono::steady_clock>();

}  // namespace perf_timer::inline v0_1::detail
