//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/attributes.hpp>
#include <perf_timer/detail/platform/export.hpp>
#include <perf_timer/detail/recorder/recorder.hpp>
#include <perf_timer/detail/span/end_run.hpp>
#include <perf_timer/detail/span/operation_span.hpp>
#include <perf_timer/detail/span/run_to_open.hpp>
#include <perf_timer/detail/trace/hooks.hpp>

#include <chrono>
#include <utility>

namespace perf_timer::inline v0_1::detail {

/// The run of one asynchronous operation. It moves with the operation's handler, and ends when that
/// is called. If the handler is destroyed uncalled, an exception may have left the operation: then
/// it has failed. Otherwise nobody told the end, so the run is lost.
template <class Clock>
class PERF_TIMER_EXPORT OperationRun {
 public:
  explicit OperationRun(Recorder& recorder) noexcept : OperationRun(recorder, recorder.enabled()) {}
  OperationRun(OperationRun&& other) noexcept
      : recorder_(std::exchange(other.recorder_, nullptr)), span_(std::move(other.span_)) {}
  OperationRun& operator=(OperationRun&&) = delete;
  ~OperationRun() {
    if (recorder_) destroyed();
  }

  [[nodiscard]] OperationSpan<Clock>& span() noexcept { return span_; }
  [[nodiscard]] const OperationSpan<Clock>& span() const noexcept { return span_; }

  /// Ends the run, because the handler is called next.
  void end(bool failed) noexcept {
    if (recorder_) end_with(told(span_.close(true)), failed);
  }

 private:
  OperationRun(Recorder& recorder, bool enabled) noexcept
      : recorder_(enabled ? &recorder : nullptr),
        span_(enabled ? (recorder.begin(), run_to_open(recorder)) : not_listed) {
    if (enabled && tracing()) [[unlikely]]
      span_.trace_began(timer());
  }

  [[nodiscard]] TracedTimer timer() const noexcept {
    return static_cast<TracedTimer>(recorder_->serial());
  }

  PERF_TIMER_COLD PERF_TIMER_NOINLINE void destroyed() noexcept {
    RunTimes times = span_.close(false);
    if (times.unwinding) return end_with(told(times), true);
    times.lost = LostReason::destroyed;
    end_with(times, false);
  }

  PERF_TIMER_NOINLINE void end_with(const RunTimes& times, bool failed) noexcept {
    if (tracing()) [[unlikely]]
      span_.trace_ended(timer(), times,
                        failed          ? RunOutcome::failed
                        : times.partial ? RunOutcome::partial
                                        : RunOutcome::measured);
    Recorder& recorder = *std::exchange(recorder_, nullptr);
    if (failed)
      fail_run(recorder, times, span_.details());
    else
      end_run(recorder, times, span_.details());
  }

  Recorder* recorder_;         // null if the run isn't open
  OperationSpan<Clock> span_;  // last, because it reads the clock
};

// The default clock's instance is compiled into the library.
extern template class OperationRun<std::chrono::steady_clock>;

}  // namespace perf_timer::inline v0_1::detail
