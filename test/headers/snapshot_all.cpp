//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/snapshot_all.hpp>

#include <boost/test/unit_test.hpp>

namespace {

BOOST_AUTO_TEST_CASE(snapshot_all) {
  const std::vector<perf_timer::TimerSnapshot> timers = perf_timer::snapshot_all();
  BOOST_TEST(timers.empty());  // no test of this program leaves a timer
}

}  // namespace
