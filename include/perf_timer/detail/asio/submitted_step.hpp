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

/// What a `PerfExecutor` must know of a waiting function, whatever its type.
template <class Clock>
class SubmittedStep {
 public:
  PERF_TIMER_ALWAYS_INLINE SubmittedStep(const BindingRef& binding, const Capture& capture,
                                         const void* by) noexcept
      : binding_(binding),
        timed_(binding_.get() && binding_.get()->feeds_timers_now()),
        submission_(capture, binding_.get() ? binding_.get()->task : nullptr, timed_, by) {}
  SubmittedStep(SubmittedStep&& other) noexcept
      : binding_(std::move(other.binding_)),
        timed_(std::exchange(other.timed_, false)),
        submission_(std::move(other.submission_)) {}
  SubmittedStep& operator=(SubmittedStep&&) = delete;
  ~SubmittedStep() {
    if (timed_) [[unlikely]]
      record_dropped();
  }

  /// Returns whether it is a run of its timers. From then on they don't count it as dropped.
  [[nodiscard]] bool starts_timed() noexcept { return std::exchange(timed_, false); }

  [[nodiscard]] Submission<Clock>& submission() noexcept { return submission_; }
  [[nodiscard]] const Binding& binding() const noexcept { return *binding_.get(); }

 private:
  PERF_TIMER_COLD PERF_TIMER_NOINLINE PERF_TIMER_EXPORT void record_dropped() const noexcept {
    binding().for_each_recorder([](Recorder& r) { r.record_dropped(); });
  }

  BindingRef binding_;
  bool timed_;  // its timers still wait for its end
  Submission<Clock> submission_;
};

/// A step that is a run of timers.
template <class Clock>
class TimedStep {
 public:
  explicit TimedStep(SubmittedStep<Clock>& submitted) noexcept
      : binding_(submitted.binding()), step_(submitted.submission(), true) {}
  TimedStep(const TimedStep&) = delete;
  TimedStep& operator=(const TimedStep&) = delete;
  ~TimedStep() { end(); }

  /// Says that an exception left the function.
  void failed() noexcept { failed_ = true; }

 private:
  PERF_TIMER_NOINLINE PERF_TIMER_EXPORT void end() noexcept {
    const RunTimes times = step_.end_here();
    if (tracing()) [[unlikely]]
      trace(times);
    binding_.for_each_recorder(
        [&](Recorder& r) { failed_ ? r.record_failed(times) : r.record(times); });
  }
  PERF_TIMER_COLD PERF_TIMER_NOINLINE PERF_TIMER_EXPORT void trace(
      const RunTimes& times) const noexcept {
    binding_.for_each_recorder([&](Recorder& r) {
      trace_function<Clock>({static_cast<TracedTimer>(r.serial()),
                             failed_ ? RunOutcome::failed : RunOutcome::measured,
                             static_cast<std::uint8_t>(times.lost), times.busy, times.queued});
    });
  }

  const Binding& binding_;
  Step<Clock> step_;
  bool failed_ = false;
};

// The default clock's instances are compiled into the library.
extern template void SubmittedStep<std::chrono::steady_clock>::record_dropped() const noexcept;
extern template void TimedStep<std::chrono::steady_clock>::end() noexcept;
extern template void TimedStep<std::chrono::steady_clock>::trace(const RunTimes&) const noexcept;

}  // namespace perf_timer::inline v0_1::detail
