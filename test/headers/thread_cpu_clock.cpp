//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/thread_cpu_clock.hpp>

#include <boost/test/unit_test.hpp>

namespace {

BOOST_AUTO_TEST_CASE(thread_cpu_clock) {
  using Clock = perf_timer::thread_cpu_clock;
  static_assert(Clock::is_steady && !Clock::is_shared);
  const Clock::time_point before = Clock::now();
  const Clock::duration passed = Clock::now() - before;
  BOOST_TEST(passed.count() >= 0);
  BOOST_TEST(Clock::wall_clock::now().time_since_epoch().count() > 0);
}

}  // namespace
