//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// error: link perf_timer::
#include <perf_timer.hpp>

#include <coroutine>

#if defined(PERF_TIMER_STANDALONE_ASIO)
#define OTHER_ASIO boost::asio
#include <asio/io_context.hpp>
#else
#define OTHER_ASIO asio
#include <boost/asio/io_context.hpp>
#endif

// Stand for those of the other Asio, which needn't be there.
namespace OTHER_ASIO {
struct io_context {};
struct use_awaitable_t {};
struct awaitable {
  struct promise_type;
  bool await_ready();
  void await_suspend(std::coroutine_handle<>);
  void await_resume();
};
}  // namespace OTHER_ASIO

perf_timer::AsioPerfTimer timer{"timer"};

#if WRONG == 1
auto instrument(OTHER_ASIO::io_context& context) { return perf_timer::instrument(context); }
#elif WRONG == 2
auto decorate(OTHER_ASIO::awaitable awaitable) { return timer.decorate(awaitable); }
#elif WRONG == 3
auto timed(OTHER_ASIO::use_awaitable_t token) { return perf_timer::timed(timer, token); }
#else
auto instrument(perf_timer::asio::io_context& context) { return perf_timer::instrument(context); }
#endif
