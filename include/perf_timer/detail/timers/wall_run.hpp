//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/clock/processor_time.hpp>
#include <perf_timer/detail/clock/ticks.hpp>
#include <perf_timer/detail/platform/attributes.hpp>
#include <perf_timer/detail/platform/export.hpp>
#include <perf_timer/detail/platform/uncaught_exceptions.hpp>
#include <perf_timer/detail/recorder/run_labels.hpp>
#include <perf_timer/detail/recorder/run_times.hpp>
#include <perf_timer/detail/trace/hooks.hpp>

#include <chrono>
#include <cstdint>

namespace perf_timer::inline v0_1::detail {

// For traces. The hot path calls these, so they are out of line and take only values.
template <class Clock>
PERF_TIMER_COLD PERF_TIMER_NOINLINE PERF_TIMER_EXPORT void trace(TracedTimer timer,
                                                                 Ticks start) noexcept {
  trace_run_began<Clock>(start, {timer, false, nullptr, nullptr});
}
template <class Clock>
PERF_TIMER_COLD PERF_TIMER_NOINLINE PERF_TIMER_EXPORT void trace(TracedTimer timer, Ticks start,
                                                                 Ticks elapsed,
                                                                 RunOutcome outcome) noexcept {
  const RunTimes times = checked<Clock>({elapsed, 0, elapsed, {}});
  trace_run_ended<Clock>(start, {timer, false, outcome, static_cast<std::uint8_t>(times.lost),
                                 nullptr, elapsed, 0, elapsed});
}

/// Measures the time from its construction to `close`, whatever happens in between.
template <class Clock>
class PERF_TIMER_EXPORT WallRun {
 public:
  explicit WallRun(bool enabled) noexcept
      : exceptions_(enabled ? uncaught_exceptions() : 0), start_(enabled ? now<Clock>() : 0) {}

  [[nodiscard]] RunTimes close() const noexcept {
    const Ticks elapsed = now<Clock>() - start_;
    return checked<Clock>({elapsed, 0, elapsed, {}, uncaught_exceptions() > exceptions_});
  }
  /// What `close` doesn't say: the labels.
  [[nodiscard]] RunDetails details() const noexcept {
    RunDetails details{};
    details.labels = labels_;
    return details;
  }
  void label(const RunLabel& label) { RunLabels::set(labels_, label); }

  using Cpu = CpuSampleOf<Clock>;

  // For traces.
  static constexpr bool is_causal = false;
  void trace_began(TracedTimer timer) const noexcept { trace<Clock>(timer, start_); }
  void trace_ended(TracedTimer timer, const RunTimes& times, RunOutcome outcome) const noexcept {
    trace<Clock>(timer, start_, times.elapsed, outcome);
  }

 private:
  RunLabels* labels_ = nullptr;  // owned until it is closed; whoever has it knows whether any
  int exceptions_;
  Ticks start_;  // last, because it reads the clock
};

// The default clock's instances are compiled into the library.
extern template void trace<std::chrono::steady_clock>(TracedTimer, Ticks) noexcept;
extern template void trace<std::chrono::steady_clock>(TracedTimer, Ticks, Ticks,
                                                      RunOutcome) noexcept;

}  // namespace perf_timer::inline v0_1::detail
