//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/version.hpp>

#include <boost/test/unit_test.hpp>

#include <string>

namespace {

BOOST_AUTO_TEST_CASE(version) {
  const std::string numbers = std::to_string(PERF_TIMER_VERSION / 100'000) + "." +
                              std::to_string(PERF_TIMER_VERSION / 100 % 1'000) + "." +
                              std::to_string(PERF_TIMER_VERSION % 100);
  BOOST_TEST(perf_timer::version == numbers);
  BOOST_TEST(numbers == PROJECT_VERSION);  // CMake's
}

}  // namespace
