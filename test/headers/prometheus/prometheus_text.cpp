//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/prometheus_text.hpp>

#include <boost/test/unit_test.hpp>

#include <array>
#include <stdexcept>

namespace {

BOOST_AUTO_TEST_CASE(prometheus_text) {
  BOOST_TEST(perf_timer::prometheus_content_type.starts_with("text/plain"));
  const std::array timers{perf_timer::TimerSnapshot{.name = "GET /", .runs = 3}};
  const std::string text = perf_timer::prometheus_text(timers, {.prefix = "shop"});
  BOOST_TEST(text.find("shop_") != text.npos);
  BOOST_TEST(perf_timer::prometheus_text().find("GET /") == std::string::npos);
  BOOST_CHECK_THROW((void)perf_timer::prometheus_text({.prefix = "1"}), std::invalid_argument);
}

}  // namespace
