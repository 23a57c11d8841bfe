//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/openmetrics_text.hpp>

#include <boost/test/unit_test.hpp>

#include <array>
#include <stdexcept>

namespace {

BOOST_AUTO_TEST_CASE(openmetrics_text) {
  BOOST_TEST(perf_timer::openmetrics_content_type.starts_with("application/openmetrics-text"));
  const std::array timers{perf_timer::TimerSnapshot{.name = "GET /", .runs = 3}};
  const std::string text = perf_timer::openmetrics_text(timers, {.prefix = "shop"});
  BOOST_TEST(text.find("shop_") != text.npos);
  BOOST_TEST(perf_timer::openmetrics_text().ends_with("# EOF\n"));
  BOOST_CHECK_THROW((void)perf_timer::openmetrics_text({.prefix = "1"}), std::invalid_argument);
  BOOST_TEST(perf_timer::accepts_openmetrics("application/openmetrics-text"));
  BOOST_TEST(!perf_timer::accepts_openmetrics("*/*"));
}

}  // namespace
