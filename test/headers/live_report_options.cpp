//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/live_report_options.hpp>

#include <boost/test/unit_test.hpp>

namespace {

using namespace std::chrono_literals;

BOOST_AUTO_TEST_CASE(live_report_options) {
  BOOST_TEST((perf_timer::LiveReportOptions{}.every == 10s));
  int called = 0;
  const perf_timer::LiveReportOptions options{
      .every = 1min,
      .sink = [&](const perf_timer::Interval&) { ++called; },
      .log = [&](std::string_view) { ++called; }};
  options.sink({});
  options.log("a line");
  BOOST_TEST(called == 2);
}

}  // namespace
