//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/attributes.hpp>
#include <perf_timer/detail/span/run_steps.hpp>
#include <perf_timer/detail/span/thread_state.hpp>
#include <perf_timer/detail/span/trace_span.hpp>

namespace perf_timer::inline v0_1::detail {

/// Lives while a coroutine that starts at once is called. Its first suspension returns to the
/// caller, with the coroutine's runs still current. Then this makes current again what was, so that
/// the caller goes on by itself. On the stack.
template <class Clock>
class CurrentSpanKept {
 public:
  PERF_TIMER_NOINLINE CurrentSpanKept() noexcept {
    const ThreadState& state = thread_state<Clock>();
    step_ = state.step;
    before_ = share(state.current);
  }
  CurrentSpanKept(const CurrentSpanKept&) = delete;
  CurrentSpanKept& operator=(const CurrentSpanKept&) = delete;
  PERF_TIMER_NOINLINE ~CurrentSpanKept() {
    ThreadState& state = thread_state<Clock>();
    Span* span = before_;
    while (span && over(*span)) span = span->parent;  // they ended meanwhile
    // A stackful coroutine may be in another step now, which has a current span of its own.
    if (state.step == step_ && state.current != span) {
      const Ticks at = now<Clock>(), began = step_ ? state.step->last_reading() : no_reading;
      release(end_steps<Clock>(state, share(span), at, began, wall_now<Clock>(at)));
      if (tracing()) [[unlikely]]
        trace_current<Clock>(wall_now<Clock>(at));
    }
    release(before_);
  }

 private:
  const StepBase* step_;  // only compared
  Span* before_;          // owned
};

}  // namespace perf_timer::inline v0_1::detail
