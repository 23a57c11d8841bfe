//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// error: this timer is a temporary, and reports before the operation ends: give it a name
#include <perf_timer.hpp>

#include <boost/asio/steady_timer.hpp>

void wait(boost::asio::steady_timer& timer) {
  timer.async_wait(
      perf_timer::timed(perf_timer::AsioPerfTimer("wait"), [](boost::system::error_code) {}));
}
