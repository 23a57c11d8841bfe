//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/asio/submitted_step.hpp>
#include <perf_timer/detail/asio/waits.hpp>

#include <type_traits>
#include <utility>

namespace perf_timer::inline v0_1::detail {

/// A function on its way through a `PerfExecutor`. When it is called it runs as a step. When it is
/// destroyed without having been called, its timers count it as dropped. `Wait` is how it waits for
/// its turn: a `ThreadWait` or a `StrandWait`.
template <class Clock, class Function, class Wait>
class StepFunction {
 public:
  template <class F>
  StepFunction(const BindingRef& binding, const Capture& capture, F&& function)
      : function_(std::forward<F>(function)), submitted_(binding, capture) {}
  template <class F>
  StepFunction(const StrandWait& wait, const BindingRef& binding, const Capture& capture,
               F&& function)
      : function_(std::forward<F>(function)), wait_(wait), submitted_(binding, capture) {
    wait_.submitted(submitted_.submission().since());
  }

  StepFunction(StepFunction&&) = default;
  StepFunction& operator=(StepFunction&&) = delete;
  ~StepFunction() {
    if (submitted_.may_be_dropped()) [[unlikely]]
      drop();
  }

  /// Says that the executor hands it to one that may be instrumented, too.
  void hand_over() noexcept { submitted_.hand_over(); }

  /// May be called once. Exceptions of the function pass through.
  void operator()() {
    const TimersOfStep timers = submitted_.start();
    if (timers.any()) {
      TimedStep<Clock, Wait> step(submitted_, timers, wait_);
      try {
        call(std::move(function_));
      } catch (...) {
        step.failed();
        throw;
      }
    } else if constexpr (TurnOf<Clock, Wait>::has_end) {
      const UntimedStep<Clock> step(submitted_.submission(), wait_);
      call(std::move(function_));
    } else {
      const Step<Clock> step(submitted_.submission(), nullptr);
      call(std::move(function_));
    }
  }

 private:
  PERF_TIMER_COLD PERF_TIMER_NOINLINE void drop() noexcept {
    const NotSubmitting<Clock> guard;
    {
      [[maybe_unused]] const Function dropped(std::move(function_));
    }
    submitted_.drop();
  }

  // Takes the function by value: what it owns must be destroyed before its step ends.
  static void call(Function function) {
    if constexpr (std::is_invocable_v<Function>)
      std::move(function)();
    else
      function();
  }

  Function function_;
  [[no_unique_address]] Wait wait_;
  SubmittedStep<Clock> submitted_;
};

}  // namespace perf_timer::inline v0_1::detail
