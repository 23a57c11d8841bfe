//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// error: in any other coroutine, open a scope
#include <perf_timer.hpp>

#include <boost/asio/experimental/coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <coroutine>
#include <exception>

using boost::asio::awaitable;

struct Task {
  struct promise_type {
    Task get_return_object() { return {}; }
    std::suspend_never initial_suspend() { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() { std::terminate(); }
  };
};
Task eager() { co_return; }

/// Starts at once, can be awaited, and has several results.
struct Generator {
  struct promise_type : Task::promise_type {
    Generator get_return_object() { return {}; }
    std::suspend_always yield_value(int) { return {}; }
  };
  bool await_ready() { return true; }
  void await_suspend(std::coroutine_handle<>) {}
  int await_resume() { return 0; }
};
/// The same, if nothing can be derived from its promise.
struct FinalGenerator : Generator {
  struct promise_type final : Generator::promise_type {
    FinalGenerator get_return_object() { return {}; }
  };
};
template <class Result>
Result numbers() {
  co_yield 1;
}

using Coro = boost::asio::experimental::coro<void>;

perf_timer::AsioPerfTimer timer{"timer"};

#if WRONG == 1
auto decorated = timer.decorate(eager());
#elif WRONG == 2
auto call() { return timer.decorate(eager)(); }
#elif WRONG == 3
auto decorate(Coro& coro) { return timer.decorate(coro); }  // it has a call operator
#elif WRONG == 4
auto call(Coro (*make)()) { return timer.decorate(make)(); }
#elif WRONG == 5
auto call() { return timer.decorate(numbers<Generator>)(); }
#elif WRONG == 6
auto call() { return timer.decorate(numbers<FinalGenerator>)(); }
#else
awaitable<void> use(Coro& coro) { co_await coro.async_resume(boost::asio::use_awaitable); }
auto decorate(Coro& coro) { return timer.decorate(use(coro)); }
#endif
