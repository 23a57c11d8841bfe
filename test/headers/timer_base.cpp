//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/timer_base.hpp>

#include <boost/test/unit_test.hpp>

#include <type_traits>

/// What a user's function does that takes any timer. A timer has a header of its own, so it is
/// called by the test of one.
perf_timer::TimerSnapshot switched_off_and_reset(perf_timer::TimerBase& timer) {
  BOOST_TEST(timer.enabled());
  timer.enabled(false);
  BOOST_TEST(!timer.enabled());
  BOOST_TEST(timer.observer().make_state()->mergeable());
  BOOST_TEST(timer.name() == timer.snapshot().name);
  auto before = timer.snapshot();
  timer.reset();
  BOOST_TEST(timer.snapshot().runs == 0u);
  return before;
}

namespace {

BOOST_AUTO_TEST_CASE(timer_base) {
  static_assert(!std::is_copy_constructible_v<perf_timer::TimerBase>);
  static_assert(!std::is_copy_assignable_v<perf_timer::TimerBase>);
}

}  // namespace
