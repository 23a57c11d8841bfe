//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/unfenced_clock.hpp>

#include <boost/test/unit_test.hpp>

namespace {

BOOST_AUTO_TEST_CASE(unfenced_clock) {
  using Clock = perf_timer::unfenced_clock;
  static_assert(Clock::is_steady && !Clock::is_shared);
  const Clock::time_point before = Clock::now();
  const Clock::duration passed = Clock::now() - before;
  BOOST_TEST(passed.count() < 60'000'000'000);
}

}  // namespace
