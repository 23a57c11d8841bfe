//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// error: decorate coroutine functions with an AsioPerfTimer
#include <perf_timer.hpp>

perf_timer::PerfTimer timer{"timer"};
boost::asio::awaitable<void> coroutine() { co_return; }

void call() { auto made = timer.decorate(coroutine)(); }
