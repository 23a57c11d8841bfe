//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/span/open_run.hpp>

#include "driver.hpp"

namespace perf_timer::test {
namespace {

BOOST_FIXTURE_TEST_SUITE(open_run_suite, CleanThread)

BOOST_AUTO_TEST_CASE_TEMPLATE(on_the_stack_it_needs_no_step, Clock, Clocks) {
  OpenRun<Clock> run;
  compute<Clock>(2);
  pass(3);
  auto times = run.close();
  // A thread that waits inside a step is busy by a clock of wall time. It isn't by a clock of the
  // thread's execution.
  check_times(times, std::same_as<Clock, ManualClock> ? 5 : 2, 0, 5);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(runs_inside_each_other, Clock, Clocks) {
  OpenRun<Clock> outer;
  compute<Clock>(1);
  OpenRun<Clock> inner;
  compute<Clock>(2);
  check_busy(inner.close(), 2);
  compute<Clock>(4);
  OpenRun<Clock> second;
  compute<Clock>(8);
  check_busy(second.close(), 8);
  check_busy(outer.close(), 15);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(suspended_and_resumed, Clock, Clocks) {
  SuspendedRun<Clock> run(2);
  compute<Clock>(100);
  in_step<Clock>([] { compute<Clock>(100); });
  in_step<Clock>(run.here, [&] {
    compute<Clock>(3);
    check_times(run.run->close(), 5, 0, 205);
    compute<Clock>(100);
  });
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_child_is_charged_to_its_parent_too, Clock, Clocks) {
  SuspendedRun<Clock> outer(1);
  SuspendedRun<Clock> inner(2, outer.here);
  in_step<Clock>(inner.here, [] { compute<Clock>(3); });
  check_busy(inner.close(), 5);
  in_step<Clock>(outer.here, [] { compute<Clock>(10); });
  check_busy(outer.close(), 16);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_child_that_goes_on_is_charged_until_the_parent_ends, Clock,
                              Clocks) {
  SuspendedRun<Clock> outer(1);
  SuspendedRun<Clock> inner(2, outer.here);
  check_busy(outer.close(), 3);
  in_step<Clock>(inner.here, [] { compute<Clock>(4); });
  check_busy(inner.close(), 6);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(the_outer_one_ends_first, Clock, Clocks) {
  in_step<Clock>([] {
    OpenRun<Clock> outer;
    compute<Clock>(1);
    OpenRun<Clock> inner;
    compute<Clock>(2);
    check_busy(outer.close(), 3);
    compute<Clock>(4);
    check_busy(inner.close(), 6);
    OpenRun<Clock> next;
    compute<Clock>(8);
    check_busy(next.close(), 8);
  });
}

// Outside of every step, nothing restores the span that was current before.
BOOST_AUTO_TEST_CASE_TEMPLATE(runs_that_end_in_another_order_leave_nothing_behind, Clock, Clocks) {
  for (const bool innermost_last : {false, true}) {
    OpenRun<Clock> a, b, c;
    compute<Clock>(1);
    if (innermost_last) {
      check_busy(a.close(), 1);
      check_busy(b.close(), 1);
      check_busy(c.close(), 1);
    } else {
      check_busy(b.close(), 1);
      check_busy(c.close(), 1);
      BOOST_TEST(thread_state<Clock>().current != nullptr);
      compute<Clock>(2);
      check_busy(a.close(), 3);
    }
    BOOST_TEST(thread_state<Clock>().current == nullptr);
  }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(what_could_be_suspended_is_not_followed_outside_of_steps, Clock,
                              Clocks) {
  const auto run = open_run<Clock>();
  BOOST_TEST(thread_state<Clock>().current == nullptr);
  compute<Clock>(2);
  const auto times = run->close();
  check_lost(times, LostReason::not_followed);
  BOOST_TEST(times.elapsed == 2);
  in_step<Clock>([] {
    const auto followed = open_run<Clock>();
    compute<Clock>(2);
    check_busy(followed->close(), 2);
  });
}

/// The clock of the other tests, and a step of another clock around it.
template <class Clock, class Other>
void check_other_clock() {
  in_step<Other>([] {
    const auto run = open_run<Clock>();
    compute<Clock>(2);
    const auto times = run->close();
    check_lost(times, LostReason::other_clock);
    BOOST_TEST(times.elapsed == 2);
  });
  check_lost(open_run<Clock>()->close(), LostReason::not_followed);
  in_step<Clock>([] {
    const auto run = std::make_unique<OpenRun<Clock>>(detail::unfollowed);
    check_lost(run->close(), LostReason::not_followed);  // the step is of this clock
  });
}

BOOST_AUTO_TEST_CASE(in_a_step_of_another_clock) {
  check_other_clock<ManualClock, ThreadManualClock>();
  check_other_clock<ThreadManualClock, ManualClock>();
  start<std::chrono::steady_clock>(submit<std::chrono::steady_clock>(), [] {
    check_lost(open_run<ManualClock>()->close(), LostReason::other_clock);
    in_step<ManualClock>([] { check_busy(open_run<ManualClock>()->close(), 0); });
  });
}

BOOST_AUTO_TEST_CASE_TEMPLATE(where_it_is_not_followed, Clock, Clocks) {
  const auto suspendable = std::make_unique<OpenRun<Clock>>();
  BOOST_TEST(thread_state<Clock>().current == nullptr);
  compute<Clock>(3);
  pass(9);
  const auto times = suspendable->close();
  check_lost(times, LostReason::not_followed);
  BOOST_TEST(times.elapsed == 12);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_clock_that_goes_back, Clock, Clocks) {
  OpenRun<Clock> busy;
  compute<Clock>(-1);
  check_lost(busy.close(), LostReason::clock_went_back);

  SuspendedRun<Clock> elapsed(2);
  pass(-10);
  check_lost(elapsed.close(), LostReason::clock_went_back);

  SuspendedRun<Clock> queued(10);
  auto submitted = submit<Clock>(queued.here);
  pass(-1);
  start<Clock>(std::move(submitted), [] {});
  check_lost(queued.close(), LostReason::clock_went_back);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
