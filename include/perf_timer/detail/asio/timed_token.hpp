//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/asio/timed_initiation.hpp>
#include <perf_timer/detail/platform/asio.hpp>
#include <perf_timer/detail/recorder/recorder.hpp>
#include <perf_timer/detail/timers/refuse.hpp>

#include PERF_TIMER_ASIO_HEADER(associated_executor.hpp)
#include PERF_TIMER_ASIO_HEADER(async_result.hpp)

#include <type_traits>
#include <utility>

// Declared, because a program that has deferred operations includes the rest.
namespace PERF_TIMER_ASIO_DEFERRED_NAMESPACE {
template <typename T>
struct is_deferred;
class deferred_t;
}  // namespace PERF_TIMER_ASIO_DEFERRED_NAMESPACE

namespace perf_timer::inline v0_1::detail {

/// The completion token that `timed(timer, token)` returns.
template <class Clock, class Token>
struct TimedToken {
  RecorderPin record;
  Token token;
};

/// The one that `timed(timer)` returns: for the default token of the operation's executor.
template <class Clock>
struct TimedDefaultToken {
  RecorderPin record;
};

/// What stands for a default token that isn't there.
struct NoDefaultToken {
  template <class... Arguments>
  void operator()(Arguments&&...) const {
    static_assert(never<Arguments...>,
                  "the executor of this operation has no default completion token: name one, as in "
                  "timed(timer, asio::use_awaitable)");
  }
};

/// Asio 1.26 says `void` if there is none. Newer versions always have one.
template <class Executor>
struct DefaultTokenOf {
  using Token = typename asio::default_completion_token<Executor>::type;
  using type = std::conditional_t<std::is_void_v<Token>, NoDefaultToken, Token>;
};

template <class T>
concept DeferredOperation = requires { requires asio_deferred::is_deferred<T>::value; };

/// Returns the operation with its timer: a deferred operation again.
template <class Clock, DeferredOperation Operation, class Deferred = asio_deferred::deferred_t>
[[nodiscard]] auto decorate_operation(Recorder& recorder, Operation operation) {
  return std::move(operation)(TimedToken<Clock, Deferred>{RecorderPin(recorder), {}});
}

}  // namespace perf_timer::inline v0_1::detail

namespace PERF_TIMER_ASIO_NAMESPACE {

// Derived, because some of Asio's adapters read more of it than `initiate`.
template <class Clock, class Token, class... Signatures>
struct async_result<perf_timer::detail::TimedToken<Clock, Token>, Signatures...>
    : async_result<Token, Signatures...> {
  template <class Initiation>
  using Timed = perf_timer::detail::TimedInitiation<Clock, std::decay_t<Initiation>>;

  template <class Initiation, class Raw, class... Arguments>
  static auto initiate(Initiation&& initiation, Raw&& raw, Arguments&&... arguments)
      -> decltype(async_initiate<Token, Signatures...>(std::declval<Timed<Initiation>>(),
                                                       std::declval<Token&>(),
                                                       std::forward<Arguments>(arguments)...)) {
    std::decay_t<Raw> timed(std::forward<Raw>(raw));
    return async_initiate<Token, Signatures...>(
        Timed<Initiation>(std::move(timed.record), std::forward<Initiation>(initiation)),
        timed.token, std::forward<Arguments>(arguments)...);
  }
};

template <class Clock, class... Signatures>
struct async_result<perf_timer::detail::TimedDefaultToken<Clock>, Signatures...> {
  template <class Initiation>
  using Token = perf_timer::detail::TimedToken<
      Clock, typename perf_timer::detail::DefaultTokenOf<
                 typename associated_executor<std::decay_t<Initiation>>::type>::type>;

  template <class Initiation, class Raw, class... Arguments>
  static auto initiate(Initiation&& initiation, Raw&& raw, Arguments&&... arguments)
      -> decltype(async_initiate<Token<Initiation>, Signatures...>(
          std::forward<Initiation>(initiation), std::declval<Token<Initiation>&>(),
          std::forward<Arguments>(arguments)...)) {
    Token<Initiation> token{std::forward<Raw>(raw).record, {}};
    return async_initiate<Token<Initiation>, Signatures...>(
        std::forward<Initiation>(initiation), token, std::forward<Arguments>(arguments)...);
  }
};

}  // namespace PERF_TIMER_ASIO_NAMESPACE
