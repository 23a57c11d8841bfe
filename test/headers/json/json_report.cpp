//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/json_report.hpp>

#include <boost/test/unit_test.hpp>

namespace {

BOOST_AUTO_TEST_CASE(json_report) {
  const std::string report = perf_timer::json_report();
  BOOST_TEST(report.find("\"timers\":[]") != report.npos);
}

}  // namespace
