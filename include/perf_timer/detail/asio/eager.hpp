//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/asio/awaited_run.hpp>
#include <perf_timer/detail/recorder/recorder.hpp>
#include <perf_timer/detail/span/current_span_kept.hpp>

#include <concepts>
#include <coroutine>
#include <functional>
#include <type_traits>
#include <utility>

namespace perf_timer::inline v0_1::detail {

/// Whether a coroutine with this promise can await a `T`.
template <class T, class Promise>
concept AwaitedBy =
    requires(Promise& promise, T&& awaited) { promise.await_transform(std::move(awaited)); } ||
    requires(T&& awaited) { std::move(awaited).await_ready(); } ||
    requires(T&& awaited) { std::move(awaited).operator co_await(); } ||
    requires(T&& awaited) { operator co_await(std::move(awaited)); };

struct HasYieldValue {
  void yield_value();
};
template <class Promise>
struct PerhapsTwoYieldValues : Promise, HasYieldValue {};

/// Whether a coroutine with this promise can `co_yield`, whatever it is. Such a coroutine has
/// several results, and one around it would return the first of them.
template <class Promise>
[[nodiscard]] consteval bool can_yield() {
  if constexpr (std::is_final_v<Promise>)
    return requires { &Promise::yield_value; };
  else
    return !requires { &PerhapsTwoYieldValues<Promise>::yield_value; };
}

/// Whether a function with this result is a coroutine that starts at once when it is called, that
/// has one result, and that coroutines of its kind can await. Boost.Cobalt's `promise` is one.
template <class Result, class... Arguments>
concept EagerResult =
    requires(typename std::coroutine_traits<Result, Arguments...>::promise_type& promise) {
      { promise.initial_suspend() } -> std::same_as<std::suspend_never>;
      requires AwaitedBy<Result, std::remove_cvref_t<decltype(promise)>>;
      requires !can_yield<std::remove_cvref_t<decltype(promise)>>();
    };

/// A call of such a function as a run. It is a coroutine of the same kind, around that of the
/// function. Its first stretch is executed by the call, while this and the arguments are there.
template <class Clock, class Result, class Function, class... Arguments>
class EagerCall {
 public:
  EagerCall(Recorder& recorder, Function&& function) noexcept
      : begun_(recorder), function_(function) {}

  Result operator()(Arguments&&... arguments) {
    using Promise = typename std::coroutine_traits<Result, Arguments...>::promise_type;
    AwaitedRun<Clock> run(begun_.open(), true);
    try {
      if constexpr (requires(Promise& promise) { promise.return_void(); }) {
        co_await std::invoke(std::forward<Function>(function_),
                             std::forward<Arguments>(arguments)...);
        run.returned();
      } else {
        decltype(auto) result = co_await std::invoke(std::forward<Function>(function_),
                                                     std::forward<Arguments>(arguments)...);
        run.returned();
        co_return static_cast<decltype(result)&&>(result);
      }
    } catch (...) {
      run.threw();
      throw;
    }
  }

 private:
  BegunRun begun_;
  Function& function_;
};

template <class Clock, class Result, class Function, class... Arguments>
[[nodiscard]] Result call_eager(Recorder& recorder, Function&& function, Arguments&&... arguments) {
  const CurrentSpanKept<Clock> kept;
  if (!recorder.enabled())
    return std::invoke(std::forward<Function>(function), std::forward<Arguments>(arguments)...);
  EagerCall<Clock, Result, Function, Arguments...> call(recorder, std::forward<Function>(function));
  return call(std::forward<Arguments>(arguments)...);
}

}  // namespace perf_timer::inline v0_1::detail
