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
/// that an executor around it feeds. It is one number, because it moves with the function: 0 for
/// none, else 1, a bit for each that is left out, in the binding's order, and one that says whether
/// the function failed. More than six timers are never left out.
class TimersOfStep {
 public:
  TimersOfStep() noexcept = default;
  explicit TimersOfStep(bool any) noexcept : bits_(any) {}

  [[nodiscard]] bool any() const noexcept { return bits_ != 0; }

  void fail() noexcept { bits_ |= has_failed; }
  [[nodiscard]] bool failed() const noexcept { return (bits_ & has_failed) != 0; }

  /// Calls `action(Recorder&)` for each that is switched on.
  template <class Action>
  void for_each(const Binding& binding, Action action) const {
    if (bits_ == all) [[likely]]
      return binding.for_each_recorder(action);
    std::uint32_t place = first;
    for (const Binding* b = &binding; b; b = b->also.get(), place <<= 1)
      if (Recorder* const r = b->recorder.get(); r && r->enabled() && !is_left_out(place))
        action(*r);
  }

  /// Leaves out those that the executors of the handover feed.
  PERF_TIMER_EXPORT void leave_out(const Binding& binding, const Handover* around) noexcept;

 private:
  static constexpr std::uint8_t all = 1, first = 2, last = 64, has_failed = 128;

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
      leave_out_timers_around();
  }
  SubmittedStep(SubmittedStep&& other) noexcept
      : binding_(std::move(other.binding_)),
        timers_(other.start_timed()),
        submission_(std::move(other.submission_)) {}
  SubmittedStep& operator=(SubmittedStep&&) = delete;
  ~SubmittedStep() {
    if (timers_.any()) [[unlikely]]
      record_dropped();
  }

  /// Returns whether it is a run of timers.
  [[nodiscard]] bool is_timed() const noexcept { return timers_.any(); }
  /// Returns its timers. From then on they don't count it as dropped.
  [[nodiscard]] TimersOfStep start_timed() noexcept { return std::exchange(timers_, {}); }

  [[nodiscard]] Submission<Clock>& submission() noexcept { return submission_; }
  [[nodiscard]] const Binding& binding() const noexcept { return *binding_.get(); }

 private:
  PERF_TIMER_COLD PERF_TIMER_NOINLINE void leave_out_timers_around() noexcept {
    if (timers_.any()) timers_.leave_out(binding(), thread_state<Clock>().submitting);
  }
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
  explicit TimedStep(SubmittedStep<Clock>& submitted) noexcept
      : binding_(submitted.binding()),
        timers_(submitted.start_timed()),
        step_(submitted.submission(), true) {}
  TimedStep(const TimedStep&) = delete;
  TimedStep& operator=(const TimedStep&) = delete;
  ~TimedStep() { end(); }

  /// Says that an exception left the function.
  void failed() noexcept { timers_.fail(); }

 private:
  PERF_TIMER_NOINLINE PERF_TIMER_EXPORT void end() noexcept {
    const RunTimes times = step_.end_here();
    if (tracing()) [[unlikely]]
      trace(times);
    timers_.for_each(binding_,
                     [&](Recorder& r) { timers_.failed() ? r.record_failed() : r.record(times); });
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
extern template void TimedStep<std::chrono::steady_clock>::trace(const RunTimes&) const noexcept;

}  // namespace perf_timer::inline v0_1::detail
