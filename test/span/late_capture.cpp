//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// Rule 5 of doc/design.md: a function is submitted inside a captured step, through an executor that
// captured too late, in the step of the waker.
#include <perf_timer/detail/span/step.hpp>

#include "driver.hpp"

#include <utility>

namespace perf_timer::test {
namespace {

/// The waker's step posts the woken function through the capture that was made when the operation
/// started, and asks the handler's executor for `outstanding_work.tracked`.
template <class Clock>
struct Wake {
  Submission<Clock> outer;
  Capture late;
};

template <class Clock>
Wake<Clock> wake(const Capture& waker, const Capture& early) {
  return in_step<Clock>(waker, [&] {
    auto late = capture_here<Clock>(nullptr);
    return Wake<Clock>{submit<Clock>(early), std::move(late)};
  });
}

/// The woken function runs. Inside it, another function runs through the late capture.
template <class Clock>
void resume(Wake<Clock> woken, auto function) {
  start<Clock>(std::move(woken.outer), [&] { in_step<Clock>(woken.late, std::move(function)); });
}

BOOST_FIXTURE_TEST_SUITE(late_capture, CleanThread)

BOOST_AUTO_TEST_CASE_TEMPLATE(of_an_unrelated_waker_the_enclosing_step_wins, Clock, Clocks) {
  SuspendedRun<Clock> woken(1), waker(5);
  resume(wake<Clock>(waker.here, woken.here), [&] {
    compute<Clock>(2);
    check_busy(woken.run->close(), 3);
  });
  check_busy(waker.close(), 5);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(of_a_waker_without_a_run, Clock, Clocks) {
  SuspendedRun<Clock> woken(1);
  resume(wake<Clock>(Capture::no_span(0), woken.here), [&] {
    compute<Clock>(2);
    check_busy(woken.run->close(), 3);
  });
}

BOOST_AUTO_TEST_CASE_TEMPLATE(what_is_woken_may_have_no_run_itself, Clock, Clocks) {
  SuspendedRun<Clock> waker(5);
  resume(wake<Clock>(waker.here, Capture::no_span(0)), [] {
    BOOST_TEST(thread_state<Clock>().current == nullptr);
    compute<Clock>(2);
  });
  check_busy(waker.close(), 5);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(of_a_waker_that_the_woken_run_is_inside, Clock, Clocks) {
  SuspendedRun<Clock> outer(1);
  SuspendedRun<Clock> woken(2, outer.here);
  resume(wake<Clock>(outer.here, woken.here), [&] {
    compute<Clock>(4);
    check_busy(woken.run->close(), 6);
  });
  check_busy(outer.close(), 7);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(when_a_child_resumes_its_parent_the_capture_is_an_old_one, Clock,
                              Clocks) {
  SuspendedRun<Clock> parent(1);  // it captured in its own step
  SuspendedRun<Clock> child(2, parent.here);
  in_step<Clock>(child.here, [&] {
    in_step<Clock>(parent.here, [&] {
      BOOST_TEST(thread_state<Clock>().current == parent.here.span());
      compute<Clock>(4);
    });
  });
  check_busy(child.close(), 2);
  check_busy(parent.close(), 7);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(of_siblings_the_enclosing_step_wins, Clock, Clocks) {
  SuspendedRun<Clock> parent(1);
  SuspendedRun<Clock> woken(2, parent.here), waker(4, parent.here);
  resume(wake<Clock>(waker.here, woken.here), [] { compute<Clock>(8); });
  check_busy(woken.close(), 10);
  check_busy(waker.close(), 4);
  check_busy(parent.close(), 15);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(of_a_waker_inside_the_run_that_it_wakes, Clock, Clocks) {
  SuspendedRun<Clock> outer(1);
  SuspendedRun<Clock> waker(4, outer.here);
  resume(wake<Clock>(waker.here, outer.here), [] { compute<Clock>(8); });
  check_busy(waker.close(), 4);
  check_busy(outer.close(), 13);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(of_a_waker_whose_run_is_on_a_plain_stack, Clock, Clocks) {
  SuspendedRun<Clock> woken(1);
  OpenRun<Clock> waker;
  auto late = capture_here<Clock>(nullptr);
  resume(Wake<Clock>{submit<Clock>(woken.here), std::move(late)}, [] { compute<Clock>(2); });
  check_busy(waker.close(), 0);
  check_busy(woken.close(), 3);
}

// As a thread of the program's own does, or main().
BOOST_AUTO_TEST_CASE_TEMPLATE(of_a_waker_outside_of_every_step, Clock, Clocks) {
  SuspendedRun<Clock> woken(1);
  auto late = capture_here<Clock, true>(nullptr);
  resume(Wake<Clock>{submit<Clock>(woken.here), std::move(late)}, [] { compute<Clock>(2); });
  check_busy(woken.close(), 3);
}

// It calls a coroutine that has a run of its own.
BOOST_AUTO_TEST_CASE_TEMPLATE(outside_of_every_step_the_woken_has_a_span, Clock, Clocks) {
  auto late = capture_here<Clock, true>(nullptr);
  Wake<Clock> woken{submit<Clock>(Capture::no_span(0)), std::move(late)};
  start<Clock>(std::move(woken.outer), [&] {
    OpenRun<Clock> run;
    in_step<Clock>(woken.late, [&] { compute<Clock>(2); });
    check_busy(run.close(), 0);
  });
}

BOOST_AUTO_TEST_CASE_TEMPLATE(outside_of_every_step_it_is_made_just_before, Clock, Clocks) {
  SuspendedRun<Clock> woken(1), other(1);
  {
    auto early = capture_here<Clock, true>(nullptr);
    const auto another = submit<Clock>(other.here);
    resume(Wake<Clock>{submit<Clock>(woken.here), std::move(early)}, [] { compute<Clock>(2); });
  }
  {
    auto early = capture_here<Clock, true>(nullptr);
    in_step<Clock>(Capture(), [] {});
    resume(Wake<Clock>{submit<Clock>(woken.here), std::move(early)}, [] { compute<Clock>(2); });
  }
  {
    auto early = capture_here<Clock>(nullptr);
    resume(Wake<Clock>{submit<Clock>(woken.here), std::move(early)}, [] { compute<Clock>(2); });
  }
  check_busy(woken.close(), 1);
  check_busy(other.close(), 1);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_capture_from_another_step_is_not_late, Clock, Clocks) {
  SuspendedRun<Clock> outer(1), captured(5);
  Wake<Clock> woken = wake<Clock>(outer.here, outer.here);
  woken.late = captured.here;  // the capture that was made where the operation started
  resume(std::move(woken), [] { compute<Clock>(2); });
  check_busy(outer.close(), 1);
  check_busy(captured.close(), 7);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(inside_a_step_that_was_not_captured_it_is_believed, Clock, Clocks) {
  SuspendedRun<Clock> submitter(5);
  SuspendedRun<Clock> other(1);
  Wake<Clock> woken = wake<Clock>(submitter.here, Capture());
  in_step<Clock>(other.here, [&] {
    resume(std::move(woken), [] { compute<Clock>(2); });  // inline in the step of a third run
  });
  check_busy(submitter.close(), 7);
  check_busy(other.close(), 1);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(outside_of_that_step_it_is_believed, Clock, Clocks) {
  SuspendedRun<Clock> woken(1), waker(5);
  auto wakened = wake<Clock>(waker.here, woken.here);
  start<Clock>(std::move(wakened.outer), [] {});
  in_step<Clock>(wakened.late, [] { compute<Clock>(2); });
  check_busy(woken.close(), 1);
  check_busy(waker.close(), 7);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(it_may_wait_for_its_strand, Clock, Clocks) {
  SuspendedRun<Clock> woken(1), waker(5);
  auto wakened = wake<Clock>(waker.here, woken.here);
  auto queued = start<Clock>(std::move(wakened.outer), [&] { return submit<Clock>(wakened.late); });
  start<Clock>(std::move(queued), [] { compute<Clock>(2); });
  check_busy(woken.close(), 3);
  check_busy(waker.close(), 5);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
