//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/average_observer.hpp>

#include <boost/test/unit_test.hpp>

#include <array>

namespace {

using namespace std::chrono_literals;

BOOST_AUTO_TEST_CASE(average_observer) {
  const auto state = perf_timer::AverageObserver{}.make_state();
  state->add(std::array{10ns, 20ns});
  const auto other = perf_timer::AverageObserver{}.make_state();
  other->add(std::array{60ns});
  state->merge(*other);
  BOOST_TEST((state->summary().mean == 30ns));
  BOOST_TEST((state->summary().max == 60ns));
}

}  // namespace
