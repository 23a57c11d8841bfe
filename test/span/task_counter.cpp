//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/span/task_counter.hpp>

#include "driver.hpp"

#include <stdexcept>
#include <string>

namespace perf_timer::test {
namespace {

using detail::task_counter;

bool names_what_would_do(const std::logic_error& error) {
  const std::string text = error.what();
  return text.find("asio_perf_counter: called outside of an instrumented task") == 0 &&
         text.find("instrument(), task() or AsioPerfTimer::wrap()") != std::string::npos;
}

BOOST_FIXTURE_TEST_SUITE(task_counter_suite, CleanThread)

BOOST_AUTO_TEST_CASE_TEMPLATE(outside_of_every_step, Clock, Clocks) {
  BOOST_CHECK_EXCEPTION(static_cast<void>(task_counter<Clock>()), std::logic_error,
                        names_what_would_do);
  OpenRun<Clock> run;
  BOOST_CHECK_THROW(static_cast<void>(task_counter<Clock>()), std::logic_error);
  check_busy(run.close(), 0);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(in_a_step_of_another_clock, Clock, Clocks) {
  using Other =
      std::conditional_t<std::same_as<Clock, ManualClock>, ThreadManualClock, ManualClock>;
  in_step<Other>(
      [] { BOOST_CHECK_THROW(static_cast<void>(task_counter<Clock>()), std::logic_error); });
}

BOOST_AUTO_TEST_CASE_TEMPLATE(counts_what_is_executed, Clock, Clocks) {
  in_step<Clock>([] {
    const auto start = task_counter<Clock>();
    BOOST_TEST(task_counter<Clock>() == start);
    compute<Clock>(5);
    BOOST_TEST(task_counter<Clock>() - start == 5);
  });
}

BOOST_AUTO_TEST_CASE_TEMPLATE(goes_on_where_the_task_goes_on, Clock, Clocks) {
  Capture here;
  Ticks start = 0;
  in_step<Clock>([&] {
    start = task_counter<Clock>();
    compute<Clock>(5);
    here = capture_here<Clock>(nullptr);
  });
  compute<Clock>(100);
  in_step<Clock>([] { compute<Clock>(100); });
  in_step<Clock>(here, [&] {
    compute<Clock>(3);
    BOOST_TEST(task_counter<Clock>() - start == 8);
  });
}

BOOST_AUTO_TEST_CASE_TEMPLATE(inside_runs_it_is_the_outermost_ones, Clock, Clocks) {
  in_step<Clock>([] {
    OpenRun<Clock> outer;
    compute<Clock>(1);
    const auto start = task_counter<Clock>();
    compute<Clock>(2);
    OpenRun<Clock> inner;
    compute<Clock>(4);
    BOOST_TEST(task_counter<Clock>() - start == 6);
    check_busy(inner.close(), 4);
    compute<Clock>(8);
    BOOST_TEST(task_counter<Clock>() - start == 14);
    check_busy(outer.close(), 15);
  });
}

BOOST_AUTO_TEST_CASE_TEMPLATE(goes_on_across_the_end_of_a_run, Clock, Clocks) {
  Capture here;
  Ticks start = 0;
  in_step<Clock>([&] {
    OpenRun<Clock> run;
    start = task_counter<Clock>();
    compute<Clock>(1);
    check_busy(run.close(), 1);
    compute<Clock>(2);
    BOOST_TEST(task_counter<Clock>() - start == 3);
    here = capture_here<Clock>(nullptr);
  });
  in_step<Clock>(here, [&] {
    OpenRun<Clock> next;
    compute<Clock>(4);
    check_busy(next.close(), 4);
    BOOST_TEST(task_counter<Clock>() - start == 7);
  });
}

// Work that began on behalf of a run continues after the run's end.
BOOST_AUTO_TEST_CASE_TEMPLATE(begun_when_the_run_has_ended, Clock, Clocks) {
  const auto of_one = in_step<Clock>([] {
    OpenRun<Clock> run;
    auto captured = capture_here<Clock>(nullptr);
    check_busy(run.close(), 0);
    return captured;
  });
  const auto of_two = in_step<Clock>([] {
    OpenRun<Clock> outer, inner;
    auto captured = capture_here<Clock>(nullptr);
    check_busy(outer.close(), 0);
    check_busy(inner.close(), 0);
    return captured;
  });
  for (const auto& here : {of_one, of_two}) {
    in_step<Clock>(here, [] {
      const auto start = task_counter<Clock>();
      compute<Clock>(5);
      BOOST_TEST(task_counter<Clock>() - start == 5);
    });
  }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_run_that_ends_out_of_order_does_not_stop_it, Clock, Clocks) {
  in_step<Clock>([] {
    OpenRun<Clock> outer, inner;
    const auto start = task_counter<Clock>();
    compute<Clock>(1);
    check_busy(outer.close(), 1);
    compute<Clock>(2);
    check_busy(inner.close(), 3);
    compute<Clock>(4);
    BOOST_TEST(task_counter<Clock>() - start == 7);
  });
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_run_opened_after_it_is_not_charged_before, Clock, Clocks) {
  in_step<Clock>([] {
    const auto start = task_counter<Clock>();
    compute<Clock>(1);
    OpenRun<Clock> run;
    compute<Clock>(2);
    check_times(run.close(), 2, 0, 2);
    BOOST_TEST(task_counter<Clock>() - start == 3);
  });
}

BOOST_AUTO_TEST_CASE_TEMPLATE(in_a_task_that_others_wake, Clock, Clocks) {
  auto* const task = new Task;
  Ticks start = 0;
  in_step_of<Clock>(*task, [&] {
    start = task_counter<Clock>();
    compute<Clock>(1);
  });
  SuspendedRun<Clock> waker(5);
  in_step<Clock>(waker.here, [&] {
    in_step_of<Clock>(*task, [&] {
      OpenRun<Clock> run;
      compute<Clock>(2);
      check_busy(run.close(), 2);
    });
  });
  in_step_of<Clock>(*task, [&] {
    compute<Clock>(4);
    BOOST_TEST(task_counter<Clock>() - start == 7);
  });
  check_busy(waker.close(), 5);
  release(task);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(parallel_branches_add_up, Clock, Clocks) {
  SuspendedRun<Clock> parent(0);
  Ticks start = 0;
  in_step<Clock>(parent.here, [&] { start = task_counter<Clock>(); });
  SuspendedRun<Clock> a(5, parent.here), b(7, parent.here);
  check_busy(a.close(), 5);
  check_busy(b.close(), 7);
  in_step<Clock>(parent.here, [&] { BOOST_TEST(task_counter<Clock>() - start == 12); });
  check_busy(parent.close(), 12);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
