//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/span/capture.hpp>
#include <perf_timer/detail/span/span.hpp>
#include <perf_timer/detail/span/step_base.hpp>
#include <perf_timer/detail/span/task.hpp>
#include <perf_timer/detail/span/thread_state.hpp>

namespace perf_timer::inline v0_1::detail {

/// On whose behalf an operation's handler runs once the operation has ended. Measuring must not
/// change that, so it is what it would be without.
enum class HandlerIs : unsigned char {
  undecided,   ///< nothing is known of the handler's executor yet
  initiators,  ///< whose the initiation was
  around,      ///< whose the code around is, because its executor isn't instrumented
  captured,    ///< its executor had captured a span, or that there was none
  tasks,       ///< what its task has open then
  anothers     ///< the same as one of the two, but that came out too late: the executor stays as is
};

/// Returns whose the handler is: of its executor, and of an operation that is initiated here inside
/// `initiators`.
[[nodiscard]] inline HandlerIs whose_handler(const ThreadState& state, const Span* initiators,
                                             bool instrumented, const Task* task,
                                             const Capture& capture) noexcept {
  if (!instrumented) return HandlerIs::around;
  if (capture.made()) {
    const bool inside = capture.is_of_run() && is_within(initiators, capture.span());
    return inside || capture.span() == initiators ? HandlerIs::initiators : HandlerIs::captured;
  }
  const bool outside = task && !(state.step && state.step->task() == task);
  return outside ? HandlerIs::tasks : HandlerIs::initiators;
}

/// Returns whether what executes there, submitted here, is charged to a task or a started run that
/// isn't current here.
template <class Clock>
[[nodiscard]] PERF_TIMER_NOINLINE bool belongs_to_others(const Task* task,
                                                         const Capture& capture) noexcept {
  const ThreadState& state = thread_state<Clock>();
  if (capture.is_of_run()) return !is_within(state.current, capture.span());
  return task && !capture.made() && !(state.step && state.step->task() == task);
}

/// Returns whether what executes there is another run's.
[[nodiscard]] inline bool belongs_to_a_run(HandlerIs handler, Task* task,
                                           const Capture& capture) noexcept {
  if (handler == HandlerIs::captured) return capture.span() != nullptr;
  if (handler != HandlerIs::tasks) return false;
  Span* const open = task->innermost();
  release(open);
  return open != nullptr;
}

}  // namespace perf_timer::inline v0_1::detail
