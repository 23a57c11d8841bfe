//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// error: decorate awaitables and coroutine functions with an AsioPerfTimer
#include <perf_timer.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include <coroutine>
#include <utility>

using boost::asio::awaitable;

awaitable<void> coroutine() { co_return; }

#if WRONG == 1
perf_timer::PerfTimer timer{"timer"};
auto decorated = timer.decorate(coroutine());
#elif WRONG == 2
perf_timer::ThreadPerfTimer timer{"timer"};
auto call(awaitable<int, boost::asio::io_context::executor_type>& made) {
  return timer.decorate(std::move(made));
}
#elif WRONG == 3
perf_timer::PerfTimer timer{"timer"};
auto call() { return timer.decorate(coroutine)(); }
#elif WRONG == 4
perf_timer::ThreadPerfTimer timer{"timer"};
void call(boost::asio::io_context& context) {
  boost::asio::co_spawn(context, timer.decorate([] { return coroutine(); }), boost::asio::detached);
}
#elif WRONG == 5
// Another library's.
struct Event {
  bool await_ready();
  void await_suspend(std::coroutine_handle<>);
  void await_resume();
};
perf_timer::PerfTimer timer{"timer"};
auto decorated = timer.decorate(Event());
#else
perf_timer::AsioPerfTimer timer{"timer"};
auto decorated = timer.decorate(coroutine());
auto call() { return timer.decorate(coroutine)(); }
#endif
