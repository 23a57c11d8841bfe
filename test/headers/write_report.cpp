//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/write_report.hpp>

#include <boost/test/unit_test.hpp>

#include <sstream>

namespace {

BOOST_AUTO_TEST_CASE(write_report) {
  std::ostringstream out, with_options;
  perf_timer::write_report(out);
  BOOST_TEST(out.str().find("perf_timer") != std::string::npos);
  perf_timer::write_report(with_options, perf_timer::TableOptions{.width = 80});
  BOOST_TEST(with_options.str().find("perf_timer") != std::string::npos);
}

}  // namespace
