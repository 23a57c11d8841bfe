//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// error: in any other coroutine, open a scope
#include <perf_timer.hpp>

#include <boost/asio/experimental/coro.hpp>

perf_timer::AsioPerfTimer timer{"timer"};
boost::asio::experimental::coro<void> coroutine(boost::asio::any_io_executor) { co_return; }

void call(boost::asio::any_io_executor executor) {
  auto made = timer.decorate(coroutine)(executor);
}
