//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// error: this timer is a temporary, which is gone before what it measures ends: give it a name
#include <perf_timer.hpp>

#include <boost/asio/steady_timer.hpp>

perf_timer::AsioPerfTimer timer{"wait"};

void wait(boost::asio::steady_timer& steady) {
  const auto handler = [](auto) {};
#if WRONG == 1
  steady.async_wait(perf_timer::timed(perf_timer::AsioPerfTimer("wait"), handler));
#elif WRONG == 2
  static_cast<void>(perf_timer::timed(perf_timer::AsioPerfTimer("wait")));
#else
  steady.async_wait(perf_timer::timed(timer, handler));
#endif
}
