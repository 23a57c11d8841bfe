//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/attributes.hpp>
#include <perf_timer/detail/platform/export.hpp>
#include <perf_timer/detail/trace/events.hpp>
#include <perf_timer/detail/trace/timeline.hpp>
#include <perf_timer/trace.hpp>

#include <concepts>

namespace perf_timer::inline v0_1::detail {

// The modules above call these, and only if `tracing()`. That test is all that a program without a
// trace pays for, so everything behind it is out of line. No function here throws or waits for
// another thread. None allocates after the thread's first event.

/// Returns the calling thread's number.
[[nodiscard]] PERF_TIMER_COLD PERF_TIMER_EXPORT TraceThread trace_thread() noexcept;

/// Returns whether events on this timeline are being recorded now.
[[nodiscard]] PERF_TIMER_COLD PERF_TIMER_EXPORT bool traced(const void* timeline) noexcept;

/// Records an event. When the memory is full, the oldest events are overwritten. Events that can't
/// be kept are counted.
PERF_TIMER_COLD PERF_TIMER_EXPORT void record(Ticks time, const StepBegan& event) noexcept;
PERF_TIMER_COLD PERF_TIMER_EXPORT void record(Ticks time, const StepEnded& event) noexcept;
PERF_TIMER_COLD PERF_TIMER_EXPORT void record(Ticks time, const FunctionEnded& event) noexcept;
PERF_TIMER_COLD PERF_TIMER_EXPORT void record(Ticks time, const RunBegan& event) noexcept;
PERF_TIMER_COLD PERF_TIMER_EXPORT void record(Ticks time, const RunGoesOn& event) noexcept;
PERF_TIMER_COLD PERF_TIMER_EXPORT void record(Ticks time, const RunEnded& event) noexcept;
PERF_TIMER_COLD PERF_TIMER_EXPORT void record(Ticks time, const HandlerBegan& event) noexcept;
PERF_TIMER_COLD PERF_TIMER_EXPORT void record(Ticks time, const HandlerEnded& event) noexcept;

/// A run that this thread is about to end. Its timer becomes known only afterwards.
struct Closing {
  const void* span = nullptr;
  Ticks at = 0;
};
PERF_TIMER_COLD PERF_TIMER_EXPORT void remember(const Closing& closing) noexcept;
/// Returns the run remembered since the last call, if any.
[[nodiscard]] PERF_TIMER_COLD PERF_TIMER_EXPORT Closing last_closing() noexcept;

template <class Clock>
PERF_TIMER_COLD PERF_TIMER_NOINLINE PERF_TIMER_EXPORT void trace_step_began(
    const StepBegan& step) noexcept {
  if (traced(timeline_id<Clock>())) record(now<TraceClock<Clock>>(), step);
}

template <class Clock>
PERF_TIMER_COLD PERF_TIMER_NOINLINE PERF_TIMER_EXPORT void trace_step_ended(
    const void* step) noexcept {
  if (traced(timeline_id<Clock>())) record(now<TraceClock<Clock>>(), StepEnded{step});
}

template <class Clock>
PERF_TIMER_COLD PERF_TIMER_NOINLINE PERF_TIMER_EXPORT void trace_function(
    const FunctionEnded& function) noexcept {
  if (traced(timeline_id<Clock>())) record(now<TraceClock<Clock>>(), function);
}

template <class Clock>
PERF_TIMER_COLD PERF_TIMER_NOINLINE PERF_TIMER_EXPORT void trace_closing(const void* span,
                                                                         Ticks wall) noexcept {
  if (traced(timeline_id<Clock>())) remember({span, wall});
}

/// Whether a run's own times are on the trace's timeline. Those of ordinary code by a
/// processor-time clock aren't; of such a run only the end can be placed.
template <class Clock>
inline constexpr bool on_timeline =
    std::same_as<TraceClock<Clock>, Clock> || reads_steady_time<Clock>;

/// Records the beginning of a run that was just opened. Does nothing if the run couldn't be opened,
/// or if its beginning isn't on the timeline.
template <class Clock>
PERF_TIMER_COLD PERF_TIMER_NOINLINE PERF_TIMER_EXPORT void trace_run_began(
    Ticks opened, const RunBegan& run) noexcept {
  if (!traced(timeline_id<Clock>()) || !(run.causal ? run.span != nullptr : on_timeline<Clock>))
    return;
  record(opened, run);
}

/// Records that a step goes on on behalf of another run, at this time.
template <class Clock>
PERF_TIMER_COLD PERF_TIMER_NOINLINE PERF_TIMER_EXPORT void trace_run_goes_on(
    Ticks at, const RunGoesOn& run) noexcept {
  if (traced(timeline_id<Clock>())) record(at, run);
}

/// Records the end of a run. Only ordinary code needs `opened`. Returns when it ended.
template <class Clock>
PERF_TIMER_COLD PERF_TIMER_NOINLINE PERF_TIMER_EXPORT Ticks trace_run_ended(Ticks opened,
                                                                            RunEnded run) noexcept {
  if (!traced(timeline_id<Clock>())) return opened;
  if (run.causal) {
    const Closing closing = last_closing();
    run.span = closing.span;
    opened = (closing.span ? closing.at : now<TraceClock<Clock>>()) - run.elapsed;
  } else if (!on_timeline<Clock>) {
    opened = now<TraceClock<Clock>>() - run.elapsed;
  }
  record(opened, run);
  return opened + run.elapsed;
}

// The default clock's instances are compiled into the library.
extern template void trace_step_began<std::chrono::steady_clock>(const StepBegan&) noexcept;
extern template void trace_step_ended<std::chrono::steady_clock>(const void*) noexcept;
extern template void trace_function<std::chrono::steady_clock>(const FunctionEnded&) noexcept;
extern template void trace_closing<std::chrono::steady_clock>(const void*, Ticks) noexcept;
extern template void trace_run_began<std::chrono::steady_clock>(Ticks, const RunBegan&) noexcept;
extern template void trace_run_goes_on<std::chrono::steady_clock>(Ticks, const RunGoesOn&) noexcept;
extern template Ticks trace_run_ended<std::chrono::steady_clock>(Ticks, RunEnded) noexcept;

}  // namespace perf_timer::inline v0_1::detail
