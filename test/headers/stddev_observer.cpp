//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/stddev_observer.hpp>

#include <boost/test/unit_test.hpp>

#include <array>

namespace {

using namespace std::chrono_literals;

BOOST_AUTO_TEST_CASE(stddev_observer) {
  const auto state = perf_timer::StdDevObserver{}.make_state();
  state->add(std::array{10ns, 30ns});
  BOOST_TEST(state->summary().has_stddev);
  BOOST_TEST((state->summary().stddev == 10ns));
}

}  // namespace
