//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/asio/binding.hpp>
#include <perf_timer/detail/platform/attributes.hpp>
#include <perf_timer/detail/platform/export.hpp>
#include <perf_timer/detail/span/step.hpp>
#include <perf_timer/detail/trace/hooks.hpp>

#include <chrono>
#include <cstdint>
#include <utility>

namespace perf_timer::inline v0_1::detail {

/// The timers that record a function of a wrapped executor: those of its binding, without those
/// that an executor around it feeds. It is one number, because it moves with the function: a bit
/// that says whether there is any, one for each that is left out, in the binding's order, and one
/// that says whether the function failed. More than five timers are never left out. Another bit
/// says that the function was handed to an executor that may be instrumented, too.
class TimersOfStep {
 public:
  TimersOfStep() noexcept = default;
  explicit TimersOfStep(bool any) noexcept : bits_(any) {}

  [[nodiscard]] bool any() const noexcept { return (bits_ & timed) != 0; }

  void hand_over() noexcept { bits_ |= handed_over; }
  /// Returns whether its function has timers or was handed over, and hasn't started.
  [[nodiscard]] bool wait_for_something() const noexcept { return bits_ != 0; }

  /// Returns whether none is left out, and the function hasn't failed.
  [[nodiscard]] bool all_measure() const noexcept { return (bits_ & (left_out | has_failed)) == 0; }

  void fail() noexcept { bits_ |= has_failed; }
  [[nodiscard]] bool failed() const noexcept { return (bits_ & has_failed) != 0; }

  /// Calls `action(Recorder&)` for each that is switched on.
  template <class Action>
  void for_each(const Binding& binding, Action action) const {
    if ((bits_ & left_out) == 0) [[likely]]
      return binding.for_each_recorder(action);
    std::uint32_t place = first;
    for (const Binding* b = &binding; b; b = b->also.get(), place <<= 1)
      if (Recorder* const r = b->recorder.get(); r && r->enabled() && !is_left_out(place))
        action(*r);
  }

  /// Leaves out those that the executors of the handover feed.
  PERF_TIMER_EXPORT void leave_out(const Binding& binding, const Handover* around) noexcept;

 private:
  static constexpr std::uint8_t timed = 1, handed_over = 2, first = 4, last = 64, has_failed = 128;
  static constexpr std::uint8_t left_out = has_failed - first;

  [[nodiscard]] bool is_left_out(std::uint32_t place) const noexcept {
    return place <= last && (bits_ & place) != 0;
  }

  std::uint8_t bits_ = 0;
};

/// What a `PerfExecutor` must know of a waiting function, whatever its type.
template <class Clock>
class SubmittedStep {
 public:
  PERF_TIMER_ALWAYS_INLINE SubmittedStep(const BindingRef& binding, const Capture& capture) noexcept
      : binding_(binding),
        timers_(binding_.get() && binding_.get()->feeds_timers_now()),
        submission_(capture, binding_.get() ? binding_.get()->task : nullptr, timers_.any()) {
    if (submission_.flags().has(SubmissionFlags::layer)) [[unlikely]]
      if (timers_.any()) timers_.leave_out(*binding_.get(), thread_state<Clock>().handed_over());
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
  PERF_TIMER_COLD PERF_TIMER_NOINLINE PERF_TIMER_EXPORT void record_dropped() const noexcept {
    timers_.for_each(binding(), [](Recorder& r) { r.record_dropped(); });
  }

  BindingRef binding_;
  TimersOfStep timers_;  // they still wait for its end
  Submission<Clock> submission_;
};

/// A step that is a run of timers.
template <class Clock>
class TimedStep {
 public:
  TimedStep(SubmittedStep<Clock>& submitted, TimersOfStep timers) noexcept
      : binding_(submitted.binding()),
        timers_(timers),
        step_(submitted.submission(), &submitted.binding()) {}
  TimedStep(const TimedStep&) = delete;
  TimedStep& operator=(const TimedStep&) = delete;
  ~TimedStep() { end(); }

  /// Says that an exception left the function.
  void failed() noexcept { timers_.fail(); }

 private:
  PERF_TIMER_NOINLINE PERF_TIMER_EXPORT void end() noexcept {
    const RunTimes times = step_.end_timed_here();
    if (tracing()) [[unlikely]]
      trace(times);
    if (timers_.all_measure()) [[likely]]
      binding_.for_each_recorder([&](Recorder& r) { record(r, times); });
    else
      record_some(times);
  }
  static void record(Recorder& r, const RunTimes& times) noexcept {
    if constexpr (is_processor_clock<Clock>) r.count_off_processor(times);
    r.record(times);
  }
  PERF_TIMER_COLD PERF_TIMER_NOINLINE PERF_TIMER_EXPORT void record_some(
      const RunTimes& times) const noexcept {
    timers_.for_each(binding_, [&](Recorder& r) {
      timers_.failed() ? r.record_failed(times) : record(r, times);
    });
  }
  PERF_TIMER_COLD PERF_TIMER_NOINLINE PERF_TIMER_EXPORT void trace(
      const RunTimes& times) const noexcept {
    timers_.for_each(binding_, [&](Recorder& r) {
      trace_function<Clock>({static_cast<TracedTimer>(r.serial()),
                             timers_.failed() ? RunOutcome::failed : RunOutcome::measured,
                             static_cast<std::uint8_t>(times.lost), times.busy, times.queued});
    });
  }

  const Binding& binding_;
  TimersOfStep timers_;
  Step<Clock> step_;
};

// The default clock's instances are compiled into the library.
extern template void SubmittedStep<std::chrono::steady_clock>::record_dropped() const noexcept;
extern template void TimedStep<std::chrono::steady_clock>::end() noexcept;
extern template void TimedStep<std::chrono::steady_clock>::record_some(
    const RunTimes&) const noexcept;
extern template void TimedStep<std::chrono::steady_clock>::trace(const RunTimes&) const noexcept;

}  // namespace perf_timer::inline v0_1::detail
