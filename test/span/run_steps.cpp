//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/span/operation_span.hpp>
#include <perf_timer/detail/span/run_steps.hpp>
#include <perf_timer/detail/span/started_span.hpp>

#include "driver.hpp"

namespace perf_timer::test {
namespace {

/// Checks in how many steps a run executed that has ended, and how long the longest took.
template <class Run>
void check_steps(const Run& run, const RunTimes& times, Ticks steps, Ticks longest) {
  BOOST_TEST(to_string(times.lost) == to_string(LostReason::none));
  if (times.more != detail::Told::times) {
    BOOST_TEST(run.details().more_steps + 1 == steps);
    BOOST_TEST(run.details().longest_step == longest);
  } else {
    BOOST_TEST(steps == 1);
    BOOST_TEST(longest == times.busy);
  }
}

template <class Clock>
void compute_in_step(const Capture& capture, Ticks ticks) {
  in_step<Clock>(capture, [=] { compute<Clock>(ticks); });
}

BOOST_FIXTURE_TEST_SUITE(run_steps, CleanThread)

BOOST_AUTO_TEST_CASE_TEMPLATE(a_run_that_ends_where_it_began_has_one, Clock, Clocks) {
  in_step<Clock>([] {
    compute<Clock>(100);
    OpenRun<Clock> run;
    compute<Clock>(3);
    const auto times = run.close();
    BOOST_TEST((times.more == detail::Told::times));
    check_steps(run, times, 1, 3);
  });
}

BOOST_AUTO_TEST_CASE_TEMPLATE(each_resumption_is_one, Clock, Clocks) {
  SuspendedRun<Clock> run(1);
  pass(1000);  // suspended
  compute_in_step<Clock>(run.here, 5);
  compute_in_step<Clock>(run.here, 4);
  const auto times = in_step<Clock>(run.here, [&] {
    compute<Clock>(2);
    return run.run->close();
  });
  check_busy(times, 1 + 5 + 4 + 2);
  check_steps(*run.run, times, 4, 5);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(the_last_may_be_the_longest, Clock, Clocks) {
  SuspendedRun<Clock> run(1);
  const auto times = in_step<Clock>(run.here, [&] {
    compute<Clock>(20);
    return run.run->close();
  });
  check_steps(*run.run, times, 2, 20);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(those_of_a_run_inside_it_are_its_own, Clock, Clocks) {
  SuspendedRun<Clock> outer(1);
  SuspendedRun<Clock> inner(10, outer.here);
  compute_in_step<Clock>(inner.here, 7);
  RunTimes times = inner.close();
  check_steps(*inner.run, times, 3, 10);
  times = in_step<Clock>(outer.here, [&] {
    compute<Clock>(2);
    return outer.run->close();
  });
  check_busy(times, 1 + 10 + 7 + 2);
  check_steps(*outer.run, times, 1 + 3 + 1, 10);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(one_is_as_long_as_the_threads_step, Clock, Clocks) {
  SuspendedRun<Clock> outer(1);
  in_step<Clock>(outer.here, [&] {
    compute<Clock>(2);
    OpenRun<Clock> inner;  // begins in the middle
    compute<Clock>(30);
    in_step<Clock>(Capture::no_span(0), [] { compute<Clock>(400); });  // inline, nobody's
    const auto times = inner.close();
    check_busy(times, 30);
    check_steps(inner, times, 1, 430);
    compute<Clock>(5000);
  });
  const auto times = outer.close();
  check_busy(times, 1 + 2 + 30 + 5000);
  check_steps(*outer.run, times, 3, 5432);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(the_first_begins_with_the_run, Clock, Clocks) {
  SuspendedRun<Clock> outer(1);
  SuspendableRun<Clock> inner;
  Capture here;
  in_step<Clock>(outer.here, [&] {
    compute<Clock>(100);
    inner = open_run<Clock>();
    compute<Clock>(7);
    here = capture_here<Clock>(nullptr);
  });
  const auto times = in_step<Clock>(here, [&] { return inner->close(); });
  check_busy(times, 7);
  check_steps(*inner, times, 2, 7);
  static_cast<void>(outer.close());
}

BOOST_AUTO_TEST_CASE_TEMPLATE(one_that_runs_inline_is_a_part_of_its_thread_step, Clock, Clocks) {
  SuspendedRun<Clock> run(1);
  in_step<Clock>(run.here, [&] {
    compute<Clock>(2);
    compute_in_step<Clock>(run.here, 10);
    compute<Clock>(4);
  });
  const auto times = run.close();
  check_steps(*run.run, times, 3, 16);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(one_on_anothers_behalf_is_not_the_runs, Clock, Clocks) {
  SuspendedRun<Clock> run(1), other(2);
  compute_in_step<Clock>(other.here, 100);
  in_step<Clock>([&] { compute_in_step<Clock>(run.here, 4); });  // inline in nobody's
  const auto times = run.close();
  check_steps(*run.run, times, 3, 4);
  static_cast<void>(other.close());
}

BOOST_AUTO_TEST_CASE(parallel_ones_count_each) {
  using Clock = ManualClock;
  SuspendedRun<Clock> run(1);
  in_step<Clock>(run.here, [&] {
    compute<Clock>(3);
    std::thread([&] { compute_in_step<Clock>(run.here, 10); }).join();
    compute<Clock>(4);
  });
  const auto times = run.close();
  check_busy(times, 1 + 17 + 10);
  check_steps(*run.run, times, 4, 17);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_started_run_has_those_of_its_executors, Clock, Clocks) {
  detail::StartedSpan<Clock> none(1);
  RunTimes times = none.close();
  check_steps(none, times, 0, 0);

  detail::StartedSpan<Clock> run(1);
  const Capture carried = run.carried();
  for (const int ticks : {3, 8, 5}) compute_in_step<Clock>(carried, ticks);
  times = run.close();  // in none
  check_steps(run, times, 3, 8);

  detail::StartedSpan<Clock> inside(1);
  times = in_step<Clock>(inside.carried(), [&] {
    compute<Clock>(9);
    return inside.close();
  });
  check_steps(inside, times, 1, 9);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(an_operations_initiation_is_one, Clock, Clocks) {
  SuspendedRun<Clock> outer(1);
  RunTimes times;
  std::unique_ptr<detail::OperationSpan<Clock>> operation;
  in_step<Clock>(outer.here, [&] {
    compute<Clock>(100);
    operation = std::make_unique<detail::OperationSpan<Clock>>(1);
    operation->will_execute_on(true, nullptr, {});
    const typename detail::OperationSpan<Clock>::Initiation initiating(*operation);
    compute<Clock>(6);
  });
  in_step<Clock>(operation->carried(true, nullptr, {}, false), [&] {
    compute<Clock>(4);
    times = operation->close(true);
    check_steps(*operation, times, 2, 6);
  });
  times = outer.close();
  check_steps(*outer.run, times, 4, 106);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
