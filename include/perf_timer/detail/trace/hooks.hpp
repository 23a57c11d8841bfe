//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/attributes.hpp>
#include <perf_timer/detail/platform/export.hpp>
#include <perf_timer/detail/trace/event.hpp>
#include <perf_timer/detail/trace/timeline.hpp>
#include <perf_timer/trace.hpp>

#include <concepts>

namespace perf_timer::inline v0_1::detail {

// What the rooms above call, and only where `tracing()`: that test is all that a program without a
// trace pays for, so everything behind it is out of line. None of this throws, allocates once the
// thread has recorded, or waits for another thread.

/// The calling thread's number.
[[nodiscard]] PERF_TIMER_COLD PERF_TIMER_EXPORT TraceThread trace_thread() noexcept;

/// Whether what has such times is recorded now.
[[nodiscard]] PERF_TIMER_COLD PERF_TIMER_EXPORT bool traced(const void* timeline) noexcept;

/// The oldest makes room. What can't be kept is counted.
PERF_TIMER_COLD PERF_TIMER_EXPORT void record(const Event& event) noexcept;

/// A run that this thread is about to end. It says only afterwards what it was a run of.
struct Closing {
  const void* span = nullptr;
  Ticks at = 0;
};
PERF_TIMER_COLD PERF_TIMER_EXPORT void remember(const Closing& closing) noexcept;
/// The one remembered since the last call, if any.
[[nodiscard]] PERF_TIMER_COLD PERF_TIMER_EXPORT Closing last_closing() noexcept;

template <class Clock>
PERF_TIMER_COLD PERF_TIMER_NOINLINE void trace_step_began(const StepBegan& step) noexcept {
  if (traced(timeline_id<Clock>())) record({now<TraceClock<Clock>>(), step});
}

template <class Clock>
PERF_TIMER_COLD PERF_TIMER_NOINLINE void trace_step_ended(const void* step) noexcept {
  if (traced(timeline_id<Clock>())) record({now<TraceClock<Clock>>(), StepEnded{step}});
}

template <class Clock>
PERF_TIMER_COLD PERF_TIMER_NOINLINE void trace_function(const FunctionEnded& function) noexcept {
  if (traced(timeline_id<Clock>())) record({now<TraceClock<Clock>>(), function});
}

template <class Clock>
PERF_TIMER_COLD PERF_TIMER_NOINLINE void trace_closing(const void* span, Ticks wall) noexcept {
  if (traced(timeline_id<Clock>())) remember({span, wall});
}

/// Whether the run's own times are on the trace's timeline: not those of ordinary code by a clock
/// of the processor's time, of which only the end can be told.
template <class Clock>
inline constexpr bool on_timeline =
    std::same_as<TraceClock<Clock>, Clock> || std::same_as<Clock, tsc_clock>;

/// Of a run that has just been opened, if it has.
template <class Clock>
PERF_TIMER_COLD PERF_TIMER_NOINLINE void trace_run_began(Ticks opened,
                                                         const RunBegan& run) noexcept {
  if (!traced(timeline_id<Clock>()) || !(run.causal ? run.span != nullptr : on_timeline<Clock>))
    return;
  record({opened, run});
}

/// Of a run that has just ended. `opened` is for one of ordinary code.
template <class Clock>
PERF_TIMER_COLD PERF_TIMER_NOINLINE void trace_run_ended(Ticks opened, RunEnded run) noexcept {
  if (!traced(timeline_id<Clock>())) return;
  if (run.causal) {
    const Closing closing = last_closing();
    run.span = closing.span;
    opened = (closing.span ? closing.at : now<TraceClock<Clock>>()) - run.elapsed;
  } else if (!on_timeline<Clock>) {
    opened = now<TraceClock<Clock>>() - run.elapsed;
  }
  record({opened, run});
}

}  // namespace perf_timer::inline v0_1::detail
