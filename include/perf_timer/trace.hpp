//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/export.hpp>
#include <perf_timer/detail/trace/trace_switch.hpp>
#include <perf_timer/timer_clock.hpp>

#include <atomic>
#include <chrono>
#include <cstddef>

/// \file
/// Records single runs and steps in a bounded memory. `write_trace` writes them as a file that
/// Perfetto opens.
///
///     perf_timer::start_trace();
///     serve_for_a_while();
///     perf_timer::stop_trace();
///     perf_timer::write_trace(file);
///
/// Thread safety: all functions may be called from any thread at any time.

namespace perf_timer::inline v0_1 {

/// How much a trace may remember.
struct TraceOptions {
  /// The memory of the trace in bytes, at least 64 KiB. It is taken when the trace starts. 16 MiB
  /// hold 280 000 events. A function of an executor is two events, or three if a timer wraps the
  /// executor. A run is two, and so is a handler of a tracked program. When all is full, the oldest
  /// events make room for new ones.
  ///
  /// A thread takes 16 KiB at a time. Events of a thread that gets none are counted as dropped.
  std::size_t memory = std::size_t{16} << 20;
};

/// Whether runs and steps are recorded now. Whoever is told that a trace has begun sees it.
[[nodiscard]] inline bool tracing() noexcept {
  return detail::trace_switch.load(std::memory_order_relaxed);
}

/// Records every step of an instrumented executor and every run from now on. Forgets what was
/// recorded before. What is under way already is recorded from its next step on.
///
/// Times are those of `Clock`, in nanoseconds. Timers of other clocks are left out, except those
/// whose clock has `Clock` as `wall_clock`. `steady_clock`, `tsc_clock` and `unfenced_clock` count
/// as the same.
///
/// Throws `std::invalid_argument` if the memory is less than 64 KiB, and `std::bad_alloc`. Then
/// what was there before goes on.
template <TimerClock Clock = std::chrono::steady_clock>
void start_trace(const TraceOptions& options = {}) {
  detail::start_trace(options.memory, detail::timeline_of<Clock>());
}

/// Stops recording. What was recorded stays, until `clear_trace` or the next `start_trace`. Does
/// nothing if nothing is traced.
PERF_TIMER_EXPORT void stop_trace() noexcept;

/// Stops recording, and forgets what was recorded. The memory is given back, except 16 KiB for each
/// thread that has recorded and still lives.
PERF_TIMER_EXPORT void clear_trace() noexcept;

}  // namespace perf_timer::inline v0_1
