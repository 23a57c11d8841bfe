//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/format_duration.hpp>

#include <boost/test/unit_test.hpp>

namespace {

using namespace std::chrono_literals;

BOOST_AUTO_TEST_CASE(format_duration) {
  BOOST_TEST(perf_timer::format_duration(73'100ns) == "73.1 usec");
  BOOST_TEST(perf_timer::format_duration(1.5s, 2) == "1.5 sec");
}

}  // namespace
