//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// Rule 6 of doc/design.md: a function that runs through the executor of a task belongs to the task,
// whoever submits it.
#include <perf_timer/detail/span/task.hpp>

#include "driver.hpp"

#include <utility>

namespace perf_timer::test {
namespace {

/// A task, and the open run of a program in it.
template <class Clock>
struct RunInTask {
  explicit RunInTask(Ticks ticks) {
    in_step_of<Clock>(*task, [&] {
      run = open_run<Clock>();
      compute<Clock>(ticks);
    });
  }
  RunInTask(const RunInTask&) = delete;
  RunInTask& operator=(const RunInTask&) = delete;
  ~RunInTask() { release(task); }

  [[nodiscard]] RunTimes close() {
    return in_step_of<Clock>(*task, [&] { return run->close(); });
  }

  Task* const task = new Task;
  SuspendableRun<Clock> run;
};

BOOST_FIXTURE_TEST_SUITE(task_rules, CleanThread)

BOOST_AUTO_TEST_CASE_TEMPLATE(woken_by_another_it_runs_on_behalf_of_what_it_has_open, Clock,
                              Clocks) {
  RunInTask<Clock> woken(1);
  SuspendedRun<Clock> waker(5);
  in_step<Clock>(waker.here, [&] {
    in_step_of<Clock>(*woken.task, [] { compute<Clock>(2); });  // even inline
    compute<Clock>(10);
  });
  check_busy(woken.close(), 3);
  check_busy(waker.close(), 15);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(with_nothing_open_it_runs_on_behalf_of_nobody, Clock, Clocks) {
  SuspendedRun<Clock> waker(5);
  auto* const task = new Task;
  in_step<Clock>(waker.here, [&] {
    in_step_of<Clock>(*task, [] {
      BOOST_TEST(thread_state<Clock>().current == nullptr);
      compute<Clock>(2);
    });
  });
  check_busy(waker.close(), 5);
  release(task);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(what_is_open_when_it_starts_counts, Clock, Clocks) {
  auto* const task = new Task;
  auto submitted = submit<Clock>({}, task);  // before the run is opened
  SuspendableRun<Clock> run;
  in_step_of<Clock>(*task, [&] { run = open_run<Clock>(); });
  start<Clock>(std::move(submitted), [&] {
    compute<Clock>(2);
    check_busy(run->close(), 2);
  });
  release(task);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(it_waits_from_submission_to_start, Clock, Clocks) {
  RunInTask<Clock> run(0);
  auto submitted = submit<Clock>({}, run.task);
  pass(3);
  start<Clock>(std::move(submitted), [] {});
  check_times(run.close(), 0, 3, 3);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(but_not_for_a_run_before_that_was_opened, Clock, Clocks) {
  auto* const task = new Task;
  auto submitted = submit<Clock>({}, task);
  pass(3);
  SuspendableRun<Clock> outer, inner;
  in_step_of<Clock>(*task, [&] { outer = open_run<Clock>(); });
  pass(4);
  in_step_of<Clock>(*task, [&] { inner = open_run<Clock>(); });
  pass(5);
  start<Clock>(std::move(submitted), [&] {
    check_times(inner->close(), 0, 5, 5);
    check_times(outer->close(), 0, 9, 9);
  });
  release(task);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(as_a_run_of_its_own_it_waits_all_the_time, Clock, Clocks) {
  auto* const task = new Task;
  auto submitted = submit<Clock>({}, task, true);
  pass(3);
  check_times(start_timed<Clock>(std::move(submitted), [] { compute<Clock>(2); }), 2, 3, 5);
  release(task);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(from_its_own_step_on_behalf_of_what_is_current, Clock, Clocks) {
  RunInTask<Clock> outer(1);
  SuspendableRun<Clock> inner;
  auto submitted = in_step_of<Clock>(*outer.task, [&] {
    auto before = submit<Clock>({}, outer.task);
    inner = open_run<Clock>();
    return before;
  });
  start<Clock>(std::move(submitted), [] { compute<Clock>(2); });
  in_step_of<Clock>(*outer.task, [&] { check_busy(inner->close(), 0); });
  check_busy(outer.close(), 3);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(its_executor_captures_in_its_own_steps_only, Clock, Clocks) {
  RunInTask<Clock> in_task(1);
  SuspendedRun<Clock> other(1);
  in_step<Clock>(other.here, [&] {
    BOOST_TEST(!capture_here<Clock>(in_task.task).made());
    in_step_of<Clock>(*in_task.task, [&] {
      BOOST_TEST(capture_here<Clock>(in_task.task).span() == thread_state<Clock>().current);
    });
  });
  BOOST_TEST(!capture_here<Clock>(in_task.task).made());
  check_busy(in_task.close(), 1);
  check_busy(other.close(), 1);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(two_tasks_wake_each_other, Clock, Clocks) {
  RunInTask<Clock> a(1), b(2);
  for (int i = 0; i < 10; ++i) {
    auto wake_b = in_step_of<Clock>(*a.task, [&] {
      compute<Clock>(3);
      return submit<Clock>({}, b.task);
    });
    start<Clock>(std::move(wake_b), [&] {
      compute<Clock>(5);
      in_step_of<Clock>(*a.task, [] { compute<Clock>(7); });
    });
  }
  check_busy(a.close(), 1 + 10 * 10);
  check_busy(b.close(), 2 + 10 * 5);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_task_may_end_before_its_runs, Clock, Clocks) {
  Capture here;
  SuspendableRun<Clock> run;
  {
    RunInTask<Clock> in_task(1);
    in_step_of<Clock>(*in_task.task, [&] { here = capture_here<Clock>(in_task.task); });
    run = std::move(in_task.run);
  }
  in_step<Clock>(here, [&] {
    compute<Clock>(2);
    check_busy(run->close(), 3);
  });
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
