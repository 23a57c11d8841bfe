//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// error: decorate takes a function, or if the timer is an AsioPerfTimer an awaitable or a deferred
// operation
#include <perf_timer.hpp>

#include <boost/asio/use_awaitable.hpp>

#include <string>

int shrink(int n) { return n; }
struct Settings {
  int n;
};

perf_timer::AsioPerfTimer asio_timer{"asio_timer"};
perf_timer::ThreadPerfTimer timer{"timer"};

#if WRONG == 1
auto decorated = timer.decorate(shrink(1));
#elif WRONG == 2
auto decorated = asio_timer.decorate(shrink(1));
#elif WRONG == 3
auto decorated = timer.decorate(std::string("shrink"));
#elif WRONG == 4
auto decorated = asio_timer.decorate(Settings{1});
#elif WRONG == 5
auto decorated = asio_timer.decorate("shrink");
#elif WRONG == 6
auto decorated = asio_timer.decorate(boost::asio::use_awaitable);
#else
auto decorated = timer.decorate(shrink);
auto asio_decorated = asio_timer.decorate(shrink);
#endif
