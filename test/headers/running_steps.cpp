//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/running_steps.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>

namespace {

BOOST_AUTO_TEST_CASE(running_steps) {
  const auto steps = perf_timer::running_steps({.ask = false});
  BOOST_TEST(std::ranges::is_sorted(steps, [](auto& a, auto& b) { return a.age > b.age; }));
}

}  // namespace
