//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/span/step.hpp>

#include "driver.hpp"

namespace perf_timer::test {
namespace {

/// Submits a function of a wrapped executor and executes it inline.
template <class Clock>
RunTimes dispatch(auto function) {
  return start_timed<Clock>(submit<Clock>({}, nullptr, true), std::move(function));
}

BOOST_FIXTURE_TEST_SUITE(step, CleanThread)

BOOST_AUTO_TEST_CASE(steps_have_numbers_of_their_own) {
  detail::StepId first = 0, second = 0, others = 0;
  in_step<ManualClock>([&] {
    auto& here = *thread_state<ManualClock>().step;
    first = here.id();
    BOOST_TEST(here.id() == first);
  });
  in_step<ManualClock>([&] { second = thread_state<ManualClock>().step->id(); });
  std::thread([&] {
    in_step<ManualClock>([&] { others = thread_state<ManualClock>().step->id(); });
  }).join();
  BOOST_TEST(first != 0u);
  BOOST_TEST(second != first);
  BOOST_TEST(others != first);
  BOOST_TEST(others != second);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(as_a_run_of_its_own, Clock, Clocks) {
  auto submitted = submit<Clock>({}, nullptr, true);
  pass(3);
  const auto times = start_timed<Clock>(std::move(submitted), [] { compute<Clock>(2); });
  check_times(times, 2, 3, 5);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_step_inside_it_is_not_counted_twice, Clock, Clocks) {
  RunTimes inner;
  const auto outer = dispatch<Clock>([&] {
    compute<Clock>(1);
    inner = dispatch<Clock>([] { compute<Clock>(2); });
    compute<Clock>(1);
  });
  check_times(inner, 2, 0, 2);
  check_times(outer, 2, 0, 4);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(nor_is_one_that_is_no_run, Clock, Clocks) {
  const auto outer = dispatch<Clock>([] {
    compute<Clock>(1);
    in_step<Clock>([] { compute<Clock>(2); });
    compute<Clock>(1);
  });
  check_times(outer, 2, 0, 4);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(steps_three_deep, Clock, Clocks) {
  RunTimes middle, inner;
  const auto outer = dispatch<Clock>([&] {
    compute<Clock>(1);
    middle = dispatch<Clock>([&] {
      compute<Clock>(10);
      for (int i = 0; i < 2; ++i) inner = dispatch<Clock>([] { compute<Clock>(100); });
      compute<Clock>(10);
    });
    compute<Clock>(1);
  });
  check_times(inner, 100, 0, 100);
  check_times(middle, 20, 0, 220);
  check_times(outer, 2, 0, 222);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_run_measured_around_it_is_charged_with_all, Clock, Clocks) {
  SuspendedRun<Clock> around(0);
  RunTimes outer, inner;
  in_step<Clock>(around.here, [&] {
    outer = dispatch<Clock>([&] {
      compute<Clock>(1);
      inner = dispatch<Clock>([] { compute<Clock>(2); });
      compute<Clock>(1);
    });
  });
  check_busy(outer, 2);
  check_busy(inner, 2);
  check_busy(around.close(), 4);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(it_is_charged_whatever_runs_are_opened_in_it, Clock, Clocks) {
  RunTimes measured;
  const auto times = dispatch<Clock>([&] {
    compute<Clock>(1);
    {
      OpenRun<Clock> run;
      compute<Clock>(2);
      measured = run.close();
    }
    compute<Clock>(4);
  });
  check_times(measured, 2, 0, 2);
  check_times(times, 7, 0, 7);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(afterwards_what_was_saved_is_current_again, Clock, Clocks) {
  SuspendedRun<Clock> outer(0), other(0);
  in_step<Clock>(outer.here, [&] {
    Span* const mine = thread_state<Clock>().current;
    in_step<Clock>(other.here, [&] {
      BOOST_TEST(thread_state<Clock>().current == other.here.span());
      compute<Clock>(2);
    });
    BOOST_TEST(thread_state<Clock>().current == mine);
    compute<Clock>(3);
  });
  check_busy(outer.close(), 3);
  check_busy(other.close(), 2);
}

// A run that was opened in an inner step and not closed there is no longer current after that step.
BOOST_AUTO_TEST_CASE_TEMPLATE(afterwards_what_was_opened_in_it_is_not_current, Clock, Clocks) {
  SuspendableRun<Clock> suspended;
  Capture here;
  const auto outer = dispatch<Clock>([&] {
    in_step<Clock>([&] {
      suspended = open_run<Clock>();
      here = capture_here<Clock>(nullptr);
      compute<Clock>(2);
    });
    BOOST_TEST(thread_state<Clock>().current == nullptr);
    compute<Clock>(3);
  });
  check_busy(outer, 3);
  RunTimes times;
  in_step<Clock>(here, [&] { times = suspended->close(); });
  check_busy(times, 2);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_step_that_an_exception_leaves_ends_too, Clock, Clocks) {
  SuspendedRun<Clock> run(0);
  BOOST_CHECK_THROW(in_step<Clock>(run.here,
                                   [] {
                                     compute<Clock>(2);
                                     throw 1;
                                   }),
                    int);
  compute<Clock>(5);
  check_busy(run.close(), 2);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_clock_that_goes_back, Clock, Clocks) {
  check_lost(dispatch<Clock>([] { compute<Clock>(-1); }), LostReason::clock_went_back);

  auto submitted = submit<Clock>({}, nullptr, true);
  pass(-1);
  check_lost(start_timed<Clock>(std::move(submitted), [] { compute<Clock>(5); }),
             LostReason::clock_went_back);

  check_lost(dispatch<Clock>([] {
               compute<Clock>(5);
               pass(-6);  // elapsed only
             }),
             LostReason::clock_went_back);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
