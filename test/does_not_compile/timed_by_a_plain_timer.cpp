//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// error: time operations with an AsioPerfTimer
#include <perf_timer.hpp>

#include <boost/asio/steady_timer.hpp>

#if WRONG == 1
perf_timer::ThreadPerfTimer timer{"wait"};
#elif WRONG == 2
perf_timer::PerfTimer timer{"wait"};
#else
perf_timer::AsioPerfTimer timer{"wait"};
#endif

void wait(boost::asio::steady_timer& steady) {
  steady.async_wait(perf_timer::timed(timer, [](auto) {}));
}
