//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/recorder/recorder.hpp>
#include <perf_timer/detail/timers/refuse.hpp>

#include <concepts>
#include <functional>
#include <type_traits>
#include <utility>

namespace perf_timer::inline v0_1::detail {

/// Calls a function and records the call as a run.
template <class Run>
struct CallAsRun {
  template <class Function, class... Arguments>
  static decltype(auto) call(Recorder& recorder, Function&& function, Arguments&&... arguments) {
    static_assert(!CoroutineResult<std::invoke_result_t<Function, Arguments...>, Arguments...>,
                  "this timer would time only the making of the coroutine, not its execution: "
                  "decorate awaitables and coroutine functions with an AsioPerfTimer");
    // A function isn't suspended, so its end is told, even on the stack of a stackful coroutine.
    struct Call {
      Run run;
      ~Call() { run.leave(); }
    } const call{Run(recorder)};
    return std::invoke(std::forward<Function>(function), std::forward<Arguments>(arguments)...);
  }
};

/// Wraps a function, and passes each call to it through `Call`. It keeps the timer's record, so it
/// may outlive the timer.
template <class Function, class Call>
class Decorated {
 public:
  template <class F>
  Decorated(Recorder& recorder, F&& function)
      : record_(recorder), function_(std::forward<F>(function)) {}

  template <class... Arguments>
    requires std::invocable<Function&, Arguments...>
  decltype(auto) operator()(Arguments&&... arguments) & noexcept(
      std::is_nothrow_invocable_v<Function&, Arguments...>) {
    return Call::call(*record_.get(), function_, std::forward<Arguments>(arguments)...);
  }
  template <class... Arguments>
    requires std::invocable<const Function&, Arguments...>
  decltype(auto) operator()(Arguments&&... arguments) const& noexcept(
      std::is_nothrow_invocable_v<const Function&, Arguments...>) {
    return Call::call(*record_.get(), function_, std::forward<Arguments>(arguments)...);
  }
  template <class... Arguments>
    requires std::invocable<Function, Arguments...>
  decltype(auto) operator()(Arguments&&... arguments) && noexcept(
      std::is_nothrow_invocable_v<Function, Arguments...>) {
    return Call::call(*record_.get(), std::move(function_), std::forward<Arguments>(arguments)...);
  }

 private:
  RecorderPin record_;
  Function function_;
};

}  // namespace perf_timer::inline v0_1::detail
