//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// Rule 7 of doc/design.md: a run that ends where it isn't current, and the spans that were charged
// for it.
#include <perf_timer/detail/span/open_run.hpp>

#include "driver.hpp"

namespace perf_timer::test {
namespace {

BOOST_FIXTURE_TEST_SUITE(ended_elsewhere, CleanThread)

BOOST_AUTO_TEST_CASE_TEMPLATE(outside_of_every_step, Clock, Clocks) {
  SuspendedRun<Clock> run(2);
  compute<Clock>(3);
  check_lost(run.run->close(), LostReason::outside_a_step);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(outside_of_every_step_inside_another_run, Clock, Clocks) {
  SuspendedRun<Clock> run(2);
  OpenRun<Clock> current;
  check_lost(run.run->close(), LostReason::outside_a_step);
  check_lost(current.close(), LostReason::mixed);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(in_a_step_on_behalf_of_nobody, Clock, Clocks) {
  SuspendedRun<Clock> run(2);
  in_step<Clock>([&] { check_lost(run.run->close(), LostReason::in_another_step); });
}

BOOST_AUTO_TEST_CASE_TEMPLATE(in_a_step_of_another_run_which_holds_its_time_now, Clock, Clocks) {
  SuspendedRun<Clock> run(2), other(3);
  in_step<Clock>(other.here, [&] {
    compute<Clock>(5);  // on nobody's behalf that is known
    check_lost(run.run->close(), LostReason::in_another_step);
  });
  check_lost(other.close(), LostReason::mixed);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(everything_that_the_other_run_is_inside_holds_it_too, Clock, Clocks) {
  SuspendedRun<Clock> run(2), outer(3);
  SuspendedRun<Clock> inner(4, outer.here), bystander(5, outer.here);
  in_step<Clock>(inner.here, [&] { check_lost(run.run->close(), LostReason::in_another_step); });
  check_lost(inner.close(), LostReason::mixed);
  check_busy(bystander.close(), 5);
  check_lost(outer.close(), LostReason::mixed);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(what_both_are_inside_is_right_all_the_same, Clock, Clocks) {
  SuspendedRun<Clock> parent(1);
  SuspendedRun<Clock> run(2, parent.here), sibling(4, parent.here);
  in_step<Clock>(sibling.here, [&] {
    compute<Clock>(8);
    check_lost(run.run->close(), LostReason::in_another_step);
  });
  check_lost(sibling.close(), LostReason::mixed);
  check_busy(parent.close(), 15);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(in_a_step_of_its_parent, Clock, Clocks) {
  SuspendedRun<Clock> parent(1);
  SuspendedRun<Clock> child(2, parent.here);
  in_step<Clock>(parent.here, [&] {
    compute<Clock>(4);
    check_lost(child.run->close(), LostReason::in_another_step);
  });
  check_busy(parent.close(), 7);  // the child's time isn't the parent's
}

BOOST_AUTO_TEST_CASE_TEMPLATE(in_a_step_of_its_child_it_is_known, Clock, Clocks) {
  SuspendedRun<Clock> parent(1);
  SuspendedRun<Clock> child(2, parent.here);
  in_step<Clock>(child.here, [&] { check_busy(parent.run->close(), 3); });
  check_busy(child.close(), 2);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_run_that_is_opened_afterwards_is_not_mixed, Clock, Clocks) {
  SuspendedRun<Clock> run(2), other(3);
  in_step<Clock>(other.here, [&] { check_lost(run.run->close(), LostReason::in_another_step); });
  SuspendedRun<Clock> child(4, other.here);
  check_busy(child.close(), 4);
  check_lost(other.close(), LostReason::mixed);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_thread_that_did_not_open_it, Clock, Clocks) {
  SuspendedRun<Clock> run(2);
  RunTimes known, unknown;
  std::thread([&] { known = run.close(); }).join();
  check_busy(known, 2);

  SuspendedRun<Clock> another(2);
  std::thread([&] { unknown = another.run->close(); }).join();
  check_lost(unknown, LostReason::outside_a_step);
}

// It stays current on that thread until the thread's next run ends.
BOOST_AUTO_TEST_CASE_TEMPLATE(a_local_that_another_thread_ends, Clock, Clocks) {
  OpenRun<Clock> run;
  RunTimes times;
  std::thread([&] { times = run.close(); }).join();
  check_lost(times, LostReason::outside_a_step);
  OpenRun<Clock> next;
  compute<Clock>(3);
  check_busy(next.close(), 3);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
