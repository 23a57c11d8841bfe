//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/report_line.hpp>

#include <boost/test/unit_test.hpp>

namespace {

using namespace std::chrono_literals;

BOOST_AUTO_TEST_CASE(report_line) {
  perf_timer::TimerSnapshot timer{.name = "foo", .runs = 1};
  timer.busy = {.count = 1, .total = 12ms, .mean = 12ms, .min = 12ms, .max = 12ms};
  BOOST_TEST(perf_timer::report_line(timer).starts_with("timer \"foo\": 12"));
}

}  // namespace
