//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/export.hpp>
#include <perf_timer/detail/span/span.hpp>
#include <perf_timer/detail/span/step_base.hpp>
#include <perf_timer/detail/span/thread_state.hpp>

namespace perf_timer::inline v0_1::detail {

/// The step that a handler is in a tracked program, whatever its executor; of the default clock. It
/// begins when it is constructed, on the stack. Steps of instrumented executors may be around and
/// inside it. It is no run, and stops no time of steps around it.
class PERF_TIMER_EXPORT HandlerStep : public StepBase {
 public:
  /// It begins on behalf of `span`, which it takes over; of nobody if that is null. `unwinding` is
  /// what `SubmissionFlags` says of functions.
  HandlerStep(Span* span, bool unwinding) noexcept;
  ~HandlerStep();

 private:
  [[nodiscard]] bool is_around(const StepBase* inner) const noexcept;
  void give_own_time() noexcept;

  ThreadState::Mode mode_;  // the thread's when it began
  Ticks began_ = 0;         // only if a step around it has timers
};

/// A function begins to wait on behalf of `span`, at `since`. Returns false if more wait than can
/// be counted; then it is charged when its wait ends.
[[nodiscard]] PERF_TIMER_EXPORT bool begin_to_wait(Span& span, Ticks since) noexcept;
/// Its wait ends at `at`. `counted` is what `begin_to_wait` returned.
PERF_TIMER_EXPORT void end_wait(Span& span, Ticks since, Ticks at, bool counted) noexcept;

/// Returns whether what is submitted here may destroy suspended coroutines; see
/// `Submission::flags`.
[[nodiscard]] PERF_TIMER_EXPORT bool is_unwinding_here() noexcept;

}  // namespace perf_timer::inline v0_1::detail
