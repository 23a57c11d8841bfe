//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/asio/binding.hpp>
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

/// The timers that record a function of a wrapped executor: those of its binding, without those
/// that were switched off when it was submitted, or that an executor around it feeds. It is one
/// number, because it moves with the function: a bit that says whether there is any, one for each
/// that is left out, in the binding's order, and one that says whether the function failed. Another
/// bit says that the function was handed to an executor that may be instrumented, too.
///
/// An executor that is wrapped in more than 61 timers records for the 61 that came last.
class TimersOfStep {
 public:
  TimersOfStep() noexcept = default;
  explicit TimersOfStep(bool any) noexcept : bits_(any) {}

  [[nodiscard]] bool any() const noexcept { return (bits_ & timed) != 0; }

  void hand_over() noexcept { bits_ |= handed_over; }
  /// Returns whether its function has timers or was handed over, and hasn't started.
  [[nodiscard]] bool wait_for_something() const noexcept { return bits_ != 0; }

  void fail() noexcept { bits_ |= has_failed; }
  [[nodiscard]] bool failed() const noexcept { return (bits_ & has_failed) != 0; }

  /// Says that the function is submitted: each of its timers begins a run. Those that are switched
  /// off are left out, and so are those that the executors of the handover feed.
  PERF_TIMER_EXPORT void submit(const Binding& binding, const Handover* around) noexcept;

  /// Says that it starts. Returns whether its processor time is to be measured.
  PERF_TIMER_EXPORT bool start(const Binding& binding) const noexcept;

  /// Calls `action(Recorder&)` for each that has begun a run.
  template <class Action>
  PERF_TIMER_ALWAYS_INLINE void for_each(const Binding& binding, Action action) const {
    if (Recorder* const only = binding.only_timer(); only && (bits_ & first) == 0) [[likely]]
      return action(*only);
    for_each_of_several(binding, action);
  }

 private:
  // Out of line, so that the usual path saves no register.
  template <class Action>
  PERF_TIMER_COLD PERF_TIMER_NOINLINE void for_each_of_several(const Binding& binding,
                                                               Action action) const {
    std::uint64_t place = first;
    for (const Binding* b = &binding; b && place != has_failed; b = b->also.get(), place <<= 1)
      if (Recorder* const r = b->recorder.get(); r && (bits_ & place) == 0) action(*r);
  }

  static constexpr std::uint64_t timed = 1, handed_over = 2, first = 4;
  static constexpr std::uint64_t has_failed = std::uint64_t{1} << 63;

  std::uint64_t bits_ = 0;
};

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
    if (timers_.any()) record_dropped();
  }

  [[nodiscard]] Submission<Clock>& submission() noexcept { return submission_; }
  [[nodiscard]] const Binding& binding() const noexcept { return *binding_.get(); }

 private:
  PERF_TIMER_NOINLINE PERF_TIMER_EXPORT void submit() noexcept {
    const bool layer = submission_.flags().has(SubmissionFlags::layer);
    if (Recorder* const only = binding().only_timer(); only && only->enabled() && !layer) [[likely]]
      return only->submit();
    timers_.submit(binding(), layer ? thread_state<Clock>().handed_over() : nullptr);
  }
  PERF_TIMER_COLD PERF_TIMER_NOINLINE PERF_TIMER_EXPORT void record_dropped() const noexcept {
    timers_.for_each(binding(), [](Recorder& r) {
      if (r.enabled()) return r.drop();
      r.start();
      r.cancel();
    });
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
  void failed() noexcept { timers_.fail(); }

 private:
  PERF_TIMER_NOINLINE PERF_TIMER_EXPORT void end() noexcept {
    const RunTimes times = step_.end_timed_here();
    turn_.end(step_);
    if (cpu_.is_taken()) [[unlikely]]
      sample_cpu(times);
    if (tracing()) [[unlikely]]
      trace(times);
    timers_.for_each(binding_, [&](Recorder& r) {
      if (timers_.failed() || !r.enabled()) [[unlikely]]
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
                             timers_.failed() ? RunOutcome::failed : RunOutcome::measured,
                             static_cast<std::uint8_t>(times.lost), times.busy, times.queued,
                             times.elapsed});
    });
  }

  /// A function that ran inline has a time of its own, but not on the processor.
  PERF_TIMER_COLD PERF_TIMER_NOINLINE void sample_cpu(const RunTimes& times) const noexcept {
    const Ticks cpu = cpu_.end();
    if (times.lost != LostReason::none || timers_.failed()) return;
    if (times.busy != times.elapsed - times.queued) return;
    timers_.for_each(binding_, [&](Recorder& r) {
      if (r.enabled() && r.has_cpu_samples()) r.add_cpu(times.busy, cpu);
    });
  }

  const Binding& binding_;
  TimersOfStep timers_;
  [[no_unique_address]] CpuSampleOf<Clock> cpu_;
  Step<Clock> step_;
  [[no_unique_address]] TurnOf<Clock, Wait> turn_;
};

// The default clock's instances are compiled into the library.
extern template void SubmittedStep<std::chrono::steady_clock>::submit() noexcept;
extern template void SubmittedStep<std::chrono::steady_clock>::record_dropped() const noexcept;
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
