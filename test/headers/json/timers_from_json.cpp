//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/timers_from_json.hpp>

#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>

#include <stdexcept>

namespace {

BOOST_AUTO_TEST_CASE(timers_from_json) {
  // The tests of `json` read reports with timers, which `to_json` makes.
  const auto empty = boost::json::parse(R"({"schema":"perf_timer","version":1,"timers":[]})");
  const std::vector<perf_timer::TimerSnapshot> timers = perf_timer::timers_from_json(empty);
  BOOST_TEST(timers.empty());
  BOOST_CHECK_THROW((void)perf_timer::timers_from_json(boost::json::value("no report")),
                    std::invalid_argument);
}

}  // namespace
