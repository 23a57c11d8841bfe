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
#else
awaitable<void> use(Coro& coro) { co_await coro.async_resume(boost::asio::use_awaitable); }
auto decorate(Coro& coro) { return timer.decorate(use(coro)); }
#endif
