//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/trace/timeline.hpp>

#include <atomic>
#include <chrono>
#include <cstddef>

namespace perf_timer::inline v0_1 {

/// How much a trace may remember.
struct TraceOptions {
  /// In bytes, for all threads, each of which has 16 KiB at least; taken when the trace is started.
  /// 16 MiB hold 280 000 events: a function of an executor is two, three if a timer wraps it; a run
  /// is two. When all is full, the oldest make room. What a thread that gets none does, is counted.
  std::size_t memory = std::size_t{16} << 20;
};

namespace detail {

/// Nothing else is looked at where nothing is traced.
[[gnu::visibility("default")]] extern constinit std::atomic<bool> trace_switch;

void start_trace(const TraceOptions& options, const Timeline& timeline);

}  // namespace detail

/// Whether runs and steps are recorded now. Any time, any thread.
[[nodiscard]] inline bool tracing() noexcept {
  return detail::trace_switch.load(std::memory_order_relaxed);
}

/// From now on every step of an instrumented executor and every run is recorded, to be written by
/// `write_trace`. Forgets what was recorded before. Any time, any thread; what is under way is
/// recorded from its next step on.
///
/// Times are those of `Clock`, in nanoseconds. Timers of other clocks are left out, but those of
/// which the clock's `wall_clock` is `Clock`; `steady_clock` and `tsc_clock` are the same.
///
/// Throws `std::invalid_argument` if the memory is less than 64 KiB, and `std::bad_alloc`; then
/// what was there before goes on.
template <TimerClock Clock = std::chrono::steady_clock>
void start_trace(const TraceOptions& options = {}) {
  detail::start_trace(options, detail::timeline_of<Clock>());
}

/// Records nothing any more. What was recorded stays, to be written, until `clear_trace` or the
/// next `start_trace`. Nothing happens if nothing is traced. Any time, any thread.
void stop_trace() noexcept;

/// The same, and forgets what was recorded. The memory is given back, but for 16 KiB of each thread
/// that had recorded and still lives.
void clear_trace() noexcept;

}  // namespace perf_timer::inline v0_1
