//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

/// \file
/// Tells the line of each `co_await`. The token `use_awaitable` doesn't know where it stands, and
/// when its operation starts, the coroutine that awaits it isn't on the stack.

#include <perf_timer/detail/platform/asio.hpp>
#include <perf_timer/detail/tracking/awaited_at.hpp>
#include <perf_timer/detail/tracking/followed_promise.hpp>

#include <source_location>
#include <type_traits>
#include <utility>

namespace perf_timer::inline v0_1::detail {

class BegunRun;

/// The promise of a coroutine: a followed one, which remembers the line of a `co_await`.
template <class Promise>
struct LocatedPromise : FollowedPromise<Promise> {
  template <class T, class Executor>
  auto await_transform(asio::awaitable<T, Executor> awaitable,
                       AwaitedAt at = std::source_location::current()) {
    at.remember();
    return FollowedPromise<Promise>::await_transform(std::move(awaitable));
  }

  /// All else that Asio's coroutines can await: deferred operations, which start here, and what is
  /// in `this_coro`, which doesn't suspend.
  template <class Awaited>
  auto await_transform(Awaited&& awaited, AwaitedAt at = std::source_location::current())
    requires requires { std::declval<Promise&>().await_transform(std::forward<Awaited>(awaited)); }
  {
    if constexpr (!is_of_this_coro<Awaited>) at.remember();
    // Newer Asio asks for the line.
    if constexpr (requires {
                    Promise::await_transform(std::forward<Awaited>(awaited), {}, at.at());
                  })
      return FollowedPromise<Promise>::await_transform(std::forward<Awaited>(awaited), 0, at.at());
    else
      return FollowedPromise<Promise>::await_transform(std::forward<Awaited>(awaited));
  }
};

/// The coroutines of `decorate` have a promise of their own.
template <class... Arguments>
inline constexpr bool has_own_promise = false;
template <class First, class... Others>
inline constexpr bool has_own_promise<First, Others...> =
    std::is_same_v<First, BegunRun> || std::is_same_v<First, AsiosOwnPromise> ||
    std::is_same_v<First, AsiosFollowedPromise>;

}  // namespace perf_timer::inline v0_1::detail

/// For all other coroutines, whatever their executor. Asio's promise doesn't depend on the
/// arguments of the coroutine. A program's own trait for some of them has precedence, as it says
/// more of them.
template <class T, class Executor, class... Arguments>
  requires(!perf_timer::detail::has_own_promise<Arguments...>)
struct std::coroutine_traits<perf_timer::asio::awaitable<T, Executor>, Arguments...> {
  using promise_type = perf_timer::detail::LocatedPromise<typename std::coroutine_traits<
      perf_timer::asio::awaitable<T, Executor>, perf_timer::detail::AsiosOwnPromise>::promise_type>;
};

/// What the coroutines of `decorate` are derived from.
template <class T, class Executor>
struct std::coroutine_traits<perf_timer::asio::awaitable<T, Executor>,
                             perf_timer::detail::AsiosFollowedPromise> {
  using promise_type = perf_timer::detail::FollowedPromise<typename std::coroutine_traits<
      perf_timer::asio::awaitable<T, Executor>, perf_timer::detail::AsiosOwnPromise>::promise_type>;
};
