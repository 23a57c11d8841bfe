//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// error: take an Asio executor
#include <perf_timer.hpp>

#include <boost/asio/steady_timer.hpp>

perf_timer::AsioPerfTimer timer{"timer"};

#if WRONG == 1
int not_an_executor = 1;
auto wrapped = timer.wrap(not_an_executor);
#elif WRONG == 2
auto instrument(boost::asio::steady_timer& object) { return perf_timer::instrument(object); }
#else
auto instrument(boost::asio::steady_timer& object) {
  return perf_timer::instrument(object.get_executor());
}
#endif
