//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/metric_families.hpp>

#include <boost/test/unit_test.hpp>

#include <array>
#include <stdexcept>

namespace {

BOOST_AUTO_TEST_CASE(metric_families) {
  const std::array timers{perf_timer::TimerSnapshot{.name = "GET /", .runs = 3}};
  const std::vector<prometheus::MetricFamily> families =
      perf_timer::metric_families(timers, {.prefix = "shop"});
  BOOST_REQUIRE(!families.empty());
  BOOST_TEST(families[0].name.starts_with("shop_"));
  BOOST_CHECK_THROW((void)perf_timer::metric_families(timers, {.buckets = {}}),
                    std::invalid_argument);
}

}  // namespace
