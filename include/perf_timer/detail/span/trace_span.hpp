//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/attributes.hpp>
#include <perf_timer/detail/platform/export.hpp>
#include <perf_timer/detail/recorder/run_times.hpp>
#include <perf_timer/detail/span/span.hpp>
#include <perf_timer/detail/trace/hooks.hpp>

#include <cstdint>

namespace perf_timer::inline v0_1::detail {

// For traces, of a run that has a span. The hot path calls these, so they are out of line.
template <class Clock>
PERF_TIMER_COLD PERF_TIMER_NOINLINE PERF_TIMER_EXPORT void trace_span_began(
    const Span* span, TracedTimer timer) noexcept {
  if (span) trace_run_began<Clock>(span->opened, {timer, true, span});
}
template <class Clock>
PERF_TIMER_COLD PERF_TIMER_NOINLINE PERF_TIMER_EXPORT void trace_span_ended(
    TracedTimer timer, const RunTimes& times, RunOutcome outcome) noexcept {
  trace_run_ended<Clock>(0, {timer, true, outcome, static_cast<std::uint8_t>(times.lost), nullptr,
                             times.busy, times.queued, times.elapsed});
}

}  // namespace perf_timer::inline v0_1::detail
