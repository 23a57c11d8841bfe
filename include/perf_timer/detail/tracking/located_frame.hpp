//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

/// \file
/// Tells the line of each `co_await`. The token `use_awaitable` doesn't know where it stands, and
/// when its operation starts, the coroutine that awaits it isn't on the stack.

#include <perf_timer/detail/platform/type_name.hpp>
#include <perf_timer/detail/tracking/awaited_at.hpp>

#include <coroutine>
#include <source_location>
#include <string_view>
#include <type_traits>
#include <utility>

// Asio includes this before its own declarations.
namespace boost::asio {

template <typename, typename>
class awaitable;

}  // namespace boost::asio

namespace perf_timer::inline v0_1::detail {

class BegunRun;
struct AsiosOwnPromise;

template <class T>
inline constexpr bool is_of_this_coro =
    std::string_view(signature_with<T>()).find("boost::asio::this_coro::") !=
    std::string_view::npos;

/// The promise of a coroutine: Asio's own, which remembers the line of a `co_await`.
template <class Promise>
struct LocatedPromise : Promise {
  /// An awaitable needs a handle of the type of Asio's promise.
  template <class T, class Executor>
  auto await_transform(boost::asio::awaitable<T, Executor> awaitable,
                       AwaitedAt at = std::source_location::current()) {
    struct Awaiter {
      boost::asio::awaitable<T, Executor> awaitable;

      [[nodiscard]] bool await_ready() const noexcept { return awaitable.await_ready(); }
      void await_suspend(std::coroutine_handle<LocatedPromise> self) {
        awaitable.await_suspend(std::coroutine_handle<Promise>::from_promise(self.promise()));
      }
      decltype(auto) await_resume() { return awaitable.await_resume(); }
    };
    // A handle is made from the address of the promise. Asio's own code makes it from the base.
    static_assert(sizeof(LocatedPromise) == sizeof(Promise) &&
                  alignof(LocatedPromise) == alignof(Promise));
    at.remember();
    return Awaiter{Promise::await_transform(std::move(awaitable))};
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
      return Promise::await_transform(std::forward<Awaited>(awaited), {}, at.at());
    else
      return Promise::await_transform(std::forward<Awaited>(awaited));
  }
};

/// The coroutines of `decorate` have a promise of their own.
template <class... Arguments>
inline constexpr bool has_own_promise = false;
template <class First, class... Others>
inline constexpr bool has_own_promise<First, Others...> =
    std::is_same_v<First, BegunRun> || std::is_same_v<First, AsiosOwnPromise>;

}  // namespace perf_timer::inline v0_1::detail

/// For all other coroutines, whatever their executor. Asio's promise doesn't depend on the
/// arguments of the coroutine. A program's own trait for some of them has precedence, as it says
/// more of them.
template <class T, class Executor, class... Arguments>
  requires(!perf_timer::detail::has_own_promise<Arguments...>)
struct std::coroutine_traits<boost::asio::awaitable<T, Executor>, Arguments...> {
  using promise_type = perf_timer::detail::LocatedPromise<typename std::coroutine_traits<
      boost::asio::awaitable<T, Executor>, perf_timer::detail::AsiosOwnPromise>::promise_type>;
};
