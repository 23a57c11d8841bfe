//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/asio/binding.hpp>
#include <perf_timer/detail/asio/timers_of_step.hpp>
#include <perf_timer/detail/asio/turns.hpp>
#include <perf_timer/detail/clock/processor_time.hpp>
#include <perf_timer/detail/platform/attributes.hpp>
#include <perf_timer/detail/platform/export.hpp>
#include <perf_timer/detail/span/step.hpp>
#include <perf_timer/detail/trace/hooks.hpp>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <utility>

namespace perf_timer::inline v0_1::detail {

/// What a `PerfExecutor` must know of a waiting function, whatever its type.
template <class Clock>
class SubmittedStep {
 public:
  PERF_TIMER_ALWAYS_INLINE SubmittedStep(const BindingRef& binding, const Capture& capture) noexcept
      : binding_(binding),
        timers_(binding_.get() && binding_.get()->feeds_timers_now()),
        submission_(capture, binding_.get() ? binding_.get()->task : nullptr, timers_.any()) {
    if (timers_.any()) submit();
  }
  SubmittedStep(SubmittedStep&& other) noexcept
      : binding_(std::move(other.binding_)),
        timers_(other.start()),
        submission_(std::move(other.submission_)) {}
  SubmittedStep& operator=(SubmittedStep&&) = delete;
  ~SubmittedStep() = default;

  /// Returns its timers. From then on they don't count it as dropped.
  [[nodiscard]] TimersOfStep start() noexcept { return std::exchange(timers_, {}); }

  /// Says that the executor hands it to one that may be instrumented, too.
  void hand_over() noexcept { timers_.hand_over(); }
  /// Returns whether somebody must know that it never started. Then `drop` must follow.
  [[nodiscard]] bool may_be_dropped() const noexcept { return timers_.wait_for_something(); }
  void drop() const noexcept {
    if (timers_.any()) timers_.drop(binding());
  }

  [[nodiscard]] Submission<Clock>& submission() noexcept { return submission_; }
  [[nodiscard]] const Binding& binding() const noexcept { return *binding_.get(); }

 private:
  PERF_TIMER_NOINLINE PERF_TIMER_EXPORT void submit() noexcept {
    const bool layer = submission_.flags().has(SubmissionFlags::layer);
    if (Recorder* const only = binding().only_timer(); only && only->enabled() && !layer) [[likely]]
      return timers_.submit(*only, submission_.since());
    timers_.submit(binding(), submission_.since(),
                   layer ? thread_state<Clock>().handed_over() : nullptr);
  }

  BindingRef binding_;
  TimersOfStep timers_;  // they still wait for its end
  Submission<Clock> submission_;
};

/// A step of a strand's function that is a run of no timer.
template <class Clock>
class UntimedStep {
 public:
  UntimedStep(Submission<Clock>& submission, const StrandWait& wait) noexcept
      : step_(submission, nullptr), turn_(wait, step_) {}
  UntimedStep(const UntimedStep&) = delete;
  UntimedStep& operator=(const UntimedStep&) = delete;
  ~UntimedStep() {
    step_.finish();
    turn_.end(step_);
  }

 private:
  Step<Clock> step_;
  StrandTurn<Clock> turn_;
};

/// A step that is a run of timers.
template <class Clock, class Wait>
class TimedStep {
 public:
  TimedStep(SubmittedStep<Clock>& submitted, TimersOfStep timers, const Wait& wait) noexcept
      : binding_(submitted.binding()),
        timers_(timers),
        cpu_(timers.start(binding_)),
        step_(submitted.submission(), &binding_),
        turn_(wait, step_) {}
  TimedStep(const TimedStep&) = delete;
  TimedStep& operator=(const TimedStep&) = delete;
  ~TimedStep() { end(); }

  /// Says that an exception left the function.
  void failed() noexcept { failed_ = true; }

 private:
  PERF_TIMER_NOINLINE PERF_TIMER_EXPORT void end() noexcept {
    const RunTimes times = step_.end_timed_here();
    turn_.end(step_);
    if (cpu_.is_taken()) [[unlikely]]
      sample_cpu(times);
    if (tracing()) [[unlikely]]
      trace(times);
    timers_.end_each(binding_, [&](Recorder& r) {
      if (failed_ || !r.enabled()) [[unlikely]]
        return end_otherwise(r, times);
      if (is_processor_clock<Clock> || turn_.knows_more()) return end_described(r, times);
      r.end_in_one_step(times);
    });
  }
  PERF_TIMER_NOINLINE PERF_TIMER_EXPORT void end_described(Recorder& r,
                                                           const RunTimes& times) const noexcept {
    RunDetails details{};
    turn_.describe(details);
    step_.describe(details);
    details.longest_step = std::max<Ticks>(times.busy, 0);
    r.end(times, details);
  }
  PERF_TIMER_COLD PERF_TIMER_NOINLINE PERF_TIMER_EXPORT void end_otherwise(
      Recorder& r, const RunTimes& times) const noexcept {
    r.enabled() ? r.fail(times) : r.cancel();
  }
  PERF_TIMER_COLD PERF_TIMER_NOINLINE PERF_TIMER_EXPORT void trace(
      const RunTimes& times) const noexcept {
    timers_.for_each(binding_, [&](Recorder& r) {
      if (!r.enabled()) return;
      trace_function<Clock>({static_cast<TracedTimer>(r.serial()),
                             failed_ ? RunOutcome::failed : RunOutcome::measured,
                             static_cast<std::uint8_t>(times.lost), times.busy, times.queued,
                             times.elapsed});
    });
  }

  /// A function that ran inline has a time of its own, but not on the processor.
  PERF_TIMER_COLD PERF_TIMER_NOINLINE void sample_cpu(const RunTimes& times) const noexcept {
    const Ticks cpu = cpu_.end();
    if (times.lost != LostReason::none || failed_) return;
    if (times.busy != times.elapsed - times.queued) return;
    timers_.for_each(binding_, [&](Recorder& r) {
      if (r.enabled() && r.has_cpu_samples()) r.add_cpu(times.busy, cpu);
    });
  }

  const Binding& binding_;
  const TimersOfStep timers_;
  bool failed_ = false;
  [[no_unique_address]] CpuSampleOf<Clock> cpu_;
  Step<Clock> step_;
  [[no_unique_address]] TurnOf<Clock, Wait> turn_;
};

// The default clock's instances are compiled into the library.
extern template void SubmittedStep<std::chrono::steady_clock>::submit() noexcept;
extern template void TimedStep<std::chrono::steady_clock, ThreadWait>::end() noexcept;
extern template void TimedStep<std::chrono::steady_clock, ThreadWait>::end_described(
    Recorder&, const RunTimes&) const noexcept;
extern template void TimedStep<std::chrono::steady_clock, ThreadWait>::end_otherwise(
    Recorder&, const RunTimes&) const noexcept;
extern template void TimedStep<std::chrono::steady_clock, ThreadWait>::trace(
    const RunTimes&) const noexcept;
extern template void TimedStep<std::chrono::steady_clock, StrandWait>::end() noexcept;
extern template void TimedStep<std::chrono::steady_clock, StrandWait>::end_described(
    Recorder&, const RunTimes&) const noexcept;
extern template void TimedStep<std::chrono::steady_clock, StrandWait>::end_otherwise(
    Recorder&, const RunTimes&) const noexcept;
extern template void TimedStep<std::chrono::steady_clock, StrandWait>::trace(
    const RunTimes&) const noexcept;

}  // namespace perf_timer::inline v0_1::detail
