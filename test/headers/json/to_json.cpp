//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/to_json.hpp>

#include <boost/test/unit_test.hpp>

#include <array>

namespace {

BOOST_AUTO_TEST_CASE(to_json) {
  const std::array timers{perf_timer::TimerSnapshot{.name = "GET /", .runs = 3}};
  const boost::json::value timer = perf_timer::to_json(timers[0]);
  BOOST_TEST(timer.at("name").as_string() == "GET /");

  const boost::json::value report = perf_timer::to_json(timers);
  BOOST_TEST((report.at("timers").at(0) == timer));
  BOOST_TEST(report.at("version").to_number<int>() == perf_timer::json_schema_version);

  const perf_timer::Interval interval{.begin = {}, .end = {}, .timers = {timers[0]}};
  BOOST_TEST((perf_timer::to_json(interval).at("timers").at(0) == timer));
}

}  // namespace
