//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/attributes.hpp>
#include <perf_timer/detail/platform/export.hpp>
#include <perf_timer/detail/recorder/run_times.hpp>
#include <perf_timer/detail/span/span.hpp>
#include <perf_timer/detail/span/thread_state.hpp>
#include <perf_timer/detail/trace/hooks.hpp>

#include <chrono>
#include <cstdint>

namespace perf_timer::inline v0_1::detail {

/// Returns the innermost span, beginning with this one, whose run is open; null if none is. The
/// current span can be one whose run has ended. Relaxed: a span was listed before it was current
/// here.
[[nodiscard]] inline const Span* innermost_listed(const Span* span) noexcept {
  while (span && timer_of(span->listed.load(std::memory_order_relaxed)) == not_listed)
    span = span->parent;
  return span;
}

// For traces, of a run that has a span. The hot path calls these, so they are out of line.

/// `here`: what executes here is on its behalf from now on.
template <class Clock>
PERF_TIMER_COLD PERF_TIMER_NOINLINE PERF_TIMER_EXPORT void trace_span_began(const Span* span,
                                                                            TracedTimer timer,
                                                                            bool here) noexcept {
  if (!span) return;
  const StepBase* const step = here ? thread_state<Clock>().step : nullptr;
  trace_run_began<Clock>(span->opened, {timer, true, span, step});
}
/// Says on whose behalf the innermost step executes since `at`, unless it is on nobody's.
template <class Clock>
PERF_TIMER_COLD PERF_TIMER_NOINLINE PERF_TIMER_EXPORT void trace_current(Ticks at) noexcept {
  const ThreadState& state = thread_state<Clock>();
  if (!state.step) return;
  if (const Span* const span = innermost_listed(state.current))
    trace_run_goes_on<Clock>(
        at, {timer_of(span->listed.load(std::memory_order_relaxed)), span, state.step});
}
template <class Clock>
PERF_TIMER_COLD PERF_TIMER_NOINLINE PERF_TIMER_EXPORT void trace_span_ended(
    TracedTimer timer, const RunTimes& times, RunOutcome outcome) noexcept {
  const Ticks at =
      trace_run_ended<Clock>(0, {timer, true, outcome, static_cast<std::uint8_t>(times.lost),
                                 nullptr, times.busy, times.queued, times.elapsed});
  trace_current<Clock>(at);
}

// The default clock's instances are compiled into the library.
extern template void trace_span_began<std::chrono::steady_clock>(const Span*, TracedTimer,
                                                                 bool) noexcept;
extern template void trace_current<std::chrono::steady_clock>(Ticks) noexcept;
extern template void trace_span_ended<std::chrono::steady_clock>(TracedTimer, const RunTimes&,
                                                                 RunOutcome) noexcept;

}  // namespace perf_timer::inline v0_1::detail
