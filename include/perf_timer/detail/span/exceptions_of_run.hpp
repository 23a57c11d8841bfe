//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/attributes.hpp>
#include <perf_timer/detail/platform/export.hpp>
#include <perf_timer/detail/platform/uncaught_exceptions.hpp>
#include <perf_timer/detail/span/followed_line.hpp>
#include <perf_timer/detail/span/span.hpp>
#include <perf_timer/detail/span/step_base.hpp>
#include <perf_timer/detail/span/thread_state.hpp>

#include <algorithm>
#include <cstdlib>

namespace perf_timer::inline v0_1::detail {

/// How many exceptions were in flight when a run was opened. It tells whether one leaves the run
/// where that ends. Only functions that aren't inlined may call these; `thread_state_of` says why.
class PERF_TIMER_EXPORT ExceptionsOfRun {
 public:
  /// The run is opened here.
  void opened_here() noexcept { count_ = uncaught_exceptions_here(); }
  [[nodiscard]] bool were_any() const noexcept { return count_ > 0; }

  /// If any were: what was in flight when the step began, or a followed coroutine was resumed,
  /// doesn't count in it, as it is of a destructor that polls the context. A coroutine can open its
  /// run in one step, and end it in another.
  PERF_TIMER_COLD PERF_TIMER_NOINLINE void opened_in(const ThreadState& state,
                                                     Span& span) noexcept {
    span.opened_unwinding = true;
    if (executing_frame.is_any()) {
      count_ = std::max(count_ - executing_frame.exceptions, 0);
      return;
    }
    if (!state.step) return;
    const int before = state.step->exceptions_before();
    count_ = before < 0 ? -count_ : std::max(count_ - before, 0);
  }

  /// Returns whether more are in flight now, on this thread.
  [[nodiscard]] bool are_exceeded(const ThreadState& state) const noexcept {
    const int now = uncaught_exceptions_here();
    return now > 0 && now > around(state);
  }

 private:
  /// Returns how many exceptions that are in flight don't leave the run.
  [[nodiscard]] PERF_TIMER_COLD PERF_TIMER_NOINLINE int around(
      const ThreadState& state) const noexcept {
    if (executing_frame.is_any()) return executing_frame.exceptions + std::max(count_, 0);
    const int before = state.step ? state.step->exceptions_before() : -1;
    if (before < 0) return std::abs(count_);  // it was opened here
    // If it was opened in a step of which that isn't known, and not in this one, it is a
    // coroutine's. No exception was leaving that.
    return before + std::max(count_, 0);
  }

  int count_ = 0;  // without those from before its step; negative if these aren't known
};

}  // namespace perf_timer::inline v0_1::detail
