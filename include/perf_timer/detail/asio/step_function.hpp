//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/asio/binding.hpp>
#include <perf_timer/detail/platform/attributes.hpp>
#include <perf_timer/detail/span/step.hpp>

#include <type_traits>
#include <utility>

namespace perf_timer::inline v0_1::detail {

/// A function on its way through a wrapped executor: when it is called it runs as a step, and when
/// it is destroyed without having been called its timers count it as dropped.
template <class Clock, class Function>
class StepFunction {
 public:
  template <class F>
  StepFunction(const BindingRef& binding, const Capture& capture, F&& function)
      : function_(std::forward<F>(function)),
        binding_(binding),
        timed_(binding_.get() && binding_.get()->feeds_timers_now()),
        submission_(capture, binding_.get() ? binding_.get()->task : nullptr, timed_) {}

  StepFunction(StepFunction&& other) noexcept(std::is_nothrow_move_constructible_v<Function>)
      : function_(std::move(other.function_)),
        binding_(std::move(other.binding_)),
        timed_(std::exchange(other.timed_, false)),
        submission_(std::move(other.submission_)) {}
  StepFunction& operator=(StepFunction&&) = delete;

  ~StepFunction() {
    if (timed_) binding_.get()->for_each_recorder([](Recorder& r) { r.record_dropped(); });
  }

  /// At most once. What the function throws passes through.
  void operator()() {
    if (std::exchange(timed_, false)) {
      TimedStep step(submission_, *binding_.get());
      step.run(std::move(function_));
    } else {
      const Step<Clock> step(submission_, false);
      call(std::move(function_));
    }
  }

 private:
  /// A step that is a run.
  class TimedStep {
   public:
    TimedStep(Submission<Clock>& submission, const Binding& binding) noexcept
        : binding_(binding), step_(submission, true) {}
    TimedStep(const TimedStep&) = delete;
    TimedStep& operator=(const TimedStep&) = delete;
    ~TimedStep() {
      const RunTimes times = step_.end();
      if (tracing()) [[unlikely]]
        trace(times);
      binding_.for_each_recorder(
          [&](Recorder& r) { failed_ ? r.record_failed() : r.record(times); });
    }
    void run(Function&& function) {
      try {
        call(std::move(function));
      } catch (...) {
        failed_ = true;
        throw;
      }
    }

   private:
    PERF_TIMER_COLD PERF_TIMER_NOINLINE void trace(const RunTimes& times) const noexcept {
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

  // Moved out first: what the function owns must go before its step ends.
  static void call(Function function) {
    if constexpr (std::is_invocable_v<Function>)
      std::move(function)();
    else
      function();
  }

  Function function_;
  BindingRef binding_;
  bool timed_;  // its timers still wait for how it ends
  Submission<Clock> submission_;
};

}  // namespace perf_timer::inline v0_1::detail
