//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// Timers that are switched off.
#include "timers.hpp"

#include <chrono>
#include <optional>
#include <stdexcept>

namespace perf_timer::test {
namespace {

BOOST_AUTO_TEST_SUITE(enabled)

BOOST_AUTO_TEST_CASE_TEMPLATE(a_timer_is_on_unless_told_otherwise, Timer, AllTimers) {
  BOOST_TEST(Timer("test", quiet()).enabled());
  BOOST_TEST(!Timer("test", {.log = [](std::string_view) {}, .enabled = false}).enabled());
}

BOOST_AUTO_TEST_CASE_TEMPLATE(measures_nothing_while_it_is_off, Timer, AllTimers) {
  Timer timer("test", quiet());
  timer.enabled(false);
  {
    const auto run = timer.measure();
  }
  timer.observe(std::chrono::nanoseconds(5));
  BOOST_CHECK_THROW(
      {
        const auto run = timer.measure();
        throw std::runtime_error("failed");
      },
      std::runtime_error);
  check_counts(timer, {});

  timer.enabled(true);
  {
    const auto run = timer.measure();
    compute(3);
  }
  check_busy(timer, 3);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_decorated_function_is_called, Timer, PlainTimers) {
  Timer timer("test", quiet());
  auto seven = timer.decorate([] { return 7; });
  timer.enabled(false);
  BOOST_TEST(seven() == 7);
  check_counts(timer, {});
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_run_is_measured_if_it_began_while_the_timer_was_on, Timer,
                              AllTimers) {
  Timer timer("test", quiet());
  {
    const auto run = timer.measure();
    timer.enabled(false);
    compute(2);
  }
  check_busy(timer, 2);
  {
    const auto run = timer.measure();
    timer.enabled(true);
    compute(5);
  }
  check_busy(timer, 2);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(its_runs_end_once_like_any, Timer, AllTimers) {
  Timer timer("test", quiet());
  timer.enabled(false);
  auto stopped = timer.measure();
  stopped.stop();
  BOOST_CHECK_THROW(stopped.stop(), std::logic_error);
  BOOST_CHECK_THROW(stopped.cancel(), std::logic_error);
  auto cancelled = timer.measure();
  cancelled.cancel();
  BOOST_CHECK_THROW(cancelled.stop(), std::logic_error);
  check_counts(timer, {});
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_run_may_outlive_its_timer, Timer, AllTimers) {
  std::optional<Timer> timer(std::in_place, "test", quiet());
  timer->enabled(false);
  const auto run = timer->measure();
  timer.reset();
}

BOOST_AUTO_TEST_CASE(time_goes_to_the_run_around) {
  TaskTimer outer("outer", quiet()), inner("inner", quiet());
  inner.enabled(false);
  {
    const auto around = outer.measure();
    const auto off = inner.measure();
    compute(4);
  }
  check_busy(outer, 4);
  check_counts(inner, {});
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
