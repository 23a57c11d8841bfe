//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/write_html.hpp>

#include <boost/test/unit_test.hpp>

#include <array>
#include <sstream>

namespace {

BOOST_AUTO_TEST_CASE(write_html) {
  const std::array timers{perf_timer::TimerSnapshot{.name = "GET /thumbnail", .runs = 3}};
  std::ostringstream of_these, of_all;
  perf_timer::write_html(of_these, timers);
  BOOST_TEST(of_these.str().find("GET /thumbnail") != std::string::npos);
  perf_timer::write_html(of_all);
  BOOST_TEST(of_all.str().find("GET /thumbnail") == std::string::npos);
}

}  // namespace
