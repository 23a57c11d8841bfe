//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <coroutine>
#include <type_traits>

namespace perf_timer::inline v0_1::detail {

// What these refuse is told by the first error, because a function that returns `auto` is
// instantiated where it is called.

template <class...>
inline constexpr bool never = false;

/// A timer reports when it is destroyed. What a temporary one measures ends later, so it would be
/// in no report.
template <class Timer>
constexpr auto refuse_temporary_timer() {
  static_assert(never<Timer>,
                "this timer is a temporary, which is gone before what it measures ends: give it a "
                "name, as in static perf_timer::AsioPerfTimer timer{\"name\"}");
}

/// Whether a function with this result is a coroutine. Calling one doesn't execute it.
template <class Result, class... Arguments>
concept CoroutineResult =
    requires { typename std::coroutine_traits<Result, Arguments...>::promise_type; };

/// Whether `co_await` takes it in every coroutine.
template <class T>
concept HasAwaiter = requires(T& t) { t.await_ready(); } || requires(T&& t) {
  static_cast<T&&>(t).operator co_await();
} || requires(T&& t) { operator co_await(static_cast<T&&>(t)); };

/// Whether it stands for what a coroutine does, now or later.
template <class T>
concept Awaited = CoroutineResult<T> || HasAwaiter<T>;

struct HasCallOperator {
  void operator()();
};
template <class T>
struct PerhapsTwoCallOperators : T, HasCallOperator {};

/// Whether a class has a call operator, of whatever parameters, overloaded or a template.
template <class T>
concept HasAnyCallOperator = !requires { &PerhapsTwoCallOperators<T>::operator(); };

/// Whether a class converts to a pointer to a function.
template <class T>
concept ConvertsToFunction =
    requires(T& t) { requires std::is_function_v<std::remove_pointer_t<decltype(+t)>>; };

/// Whether this may be a function. Nothing tells of a class from which none can be derived.
template <class T>
[[nodiscard]] consteval bool may_be_function() {
  if constexpr (!std::is_class_v<T>)
    return std::is_union_v<T> || std::is_function_v<std::remove_pointer_t<T>> ||
           std::is_member_pointer_v<T>;
  else if constexpr (std::is_final_v<T>)
    return true;
  else
    return HasAnyCallOperator<T> || ConvertsToFunction<T>;
}

template <class Target>
constexpr auto refuse_what_is_no_function() {
  static_assert(may_be_function<Target>(),
                "decorate takes a function, or if the timer is an AsioPerfTimer an awaitable or a "
                "deferred operation: pass the function itself, without calling it");
}

/// For timers of ordinary code.
template <class Target>
constexpr auto refuse_for_plain_timer() {
  if constexpr (Awaited<Target>)
    static_assert(never<Target>,
                  "this timer would include what the awaitable waits for: decorate awaitables and "
                  "coroutine functions with an AsioPerfTimer");
  else
    refuse_what_is_no_function<Target>();
}

/// For an `AsioPerfTimer`, of what is no `asio::awaitable`.
template <class Target>
constexpr auto refuse_for_asio_timer() {
  if constexpr (Awaited<Target>)
    static_assert(never<Target>,
                  "an AsioPerfTimer decorates asio::awaitable, and functions whose coroutines "
                  "start at once and can await each other; in any other coroutine, open a scope: "
                  "const auto run = timer.measure();");
  else
    refuse_what_is_no_function<Target>();
}

}  // namespace perf_timer::inline v0_1::detail
