//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// Rule 8 of doc/design.md: a strand submits its queue as one function, from inside the function
// that ran before.
#include <perf_timer/detail/span/step.hpp>
#include <perf_timer/detail/span/strand_questions.hpp>

#include "driver.hpp"

#include <utility>

namespace perf_timer::test {
namespace {

/// What a strand does with the executor that it is made of.
template <class Clock>
class HandDrivenStrand {
 public:
  explicit HandDrivenStrand(Capture carried = {}, Task* task = nullptr)
      : carried_(std::move(carried)), task_(task) {}

  /// The function that finds the strand idle.
  [[nodiscard]] Submission<Clock> submit_first() {
    may_execute_inline<Clock>(carried_);
    return submit_as_a_work_dispatcher();
  }
  [[nodiscard]] Submission<Clock> submit_as_a_work_dispatcher() {
    ask_for_tracking();
    return submit_without_asking();
  }
  [[nodiscard]] Submission<Clock> submit_without_asking() const { return {carried_, task_, false}; }
  /// `plainly`: the strand's executor is somebody's own.
  void ask_for_tracking(bool plainly = false) {
    if (carried_.made()) captured_before<Clock>(carried_, &carried_, plainly);
    tracked_ = carried_.made() ? carried_ : capture_here<Clock>(task_, &carried_, plainly);
  }
  /// All that has come meanwhile.
  [[nodiscard]] Submission<Clock> submit_queue() const {
    Capture told(tracked_);
    never_blocks<Clock>(told);
    return {tracked_, task_, false};
  }
  /// Tells only the executor inside.
  void ask_the_one_inside() const {
    const detail::OnlyAsking<Clock> asking;
    Capture told(tracked_);
    never_blocks<Clock>(told);
  }
  /// What a work dispatcher does in place of that.
  [[nodiscard]] Submission<Clock> submit_handler() const { return {tracked_, task_, false}; }

 private:
  Capture carried_, tracked_;
  Task* task_;
};

/// Executes `first`, and then `rest` as the strand's queue.
template <class Clock>
void execute(HandDrivenStrand<Clock>& strand, auto first, auto rest) {
  auto queue = start<Clock>(strand.submit_first(), [&] {
    first();
    return strand.submit_queue();
  });
  start<Clock>(std::move(queue), rest);
}
void nothing() {}

BOOST_FIXTURE_TEST_SUITE(strand_queue, CleanThread)

BOOST_AUTO_TEST_CASE_TEMPLATE(the_first_function_is_the_submitters_and_the_queue_is_nobodys, Clock,
                              Clocks) {
  SuspendedRun<Clock> run(1);
  in_step<Clock>(run.here, [] {
    HandDrivenStrand<Clock> strand;
    execute(
        strand, [] { compute<Clock>(2); },
        [] {
          BOOST_TEST(thread_state<Clock>().current == nullptr);
          compute<Clock>(100);
        });
  });
  check_busy(run.close(), 3);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(what_may_block_is_a_work_dispatchers, Clock, Clocks) {
  SuspendedRun<Clock> run(1);
  in_step<Clock>(run.here, [] {
    HandDrivenStrand<Clock> strand;
    auto handler = start<Clock>(strand.submit_first(), [&] { return strand.submit_handler(); });
    start<Clock>(std::move(handler), [] { compute<Clock>(2); });
  });
  check_busy(run.close(), 3);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(even_if_the_executor_inside_may_not, Clock, Clocks) {
  SuspendedRun<Clock> run(1);
  in_step<Clock>(run.here, [] {
    HandDrivenStrand<Clock> strand;
    auto handler = start<Clock>(strand.submit_first(), [&] {
      strand.ask_the_one_inside();
      return strand.submit_handler();
    });
    start<Clock>(std::move(handler), [] { compute<Clock>(2); });
  });
  check_busy(run.close(), 3);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(of_a_captured_executor_too, Clock, Clocks) {
  SuspendedRun<Clock> run(1);
  HandDrivenStrand<Clock> strand(run.here);
  execute(strand, [] { compute<Clock>(2); }, [] { compute<Clock>(100); });
  check_busy(run.close(), 3);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(and_of_a_queue_that_is_submitted_again, Clock, Clocks) {
  SuspendedRun<Clock> run(1);
  HandDrivenStrand<Clock> strand(run.here);
  auto queue = start<Clock>(strand.submit_first(), [&] { return strand.submit_queue(); });
  auto again = start<Clock>(std::move(queue), [&] { return strand.submit_queue(); });
  start<Clock>(std::move(again), [] { compute<Clock>(100); });
  check_busy(run.close(), 1);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_run_that_ends_in_it_is_lost, Clock, Clocks) {
  SuspendedRun<Clock> run(1);
  HandDrivenStrand<Clock> strand;
  execute(strand, nothing, [&] { check_lost(run.run->close(), LostReason::in_a_queue); });
}

BOOST_AUTO_TEST_CASE_TEMPLATE(and_one_that_ends_in_what_it_submits_or_captures, Clock, Clocks) {
  SuspendedRun<Clock> submits(1), captures(1);
  HandDrivenStrand<Clock> strand;
  execute(strand, nothing, [&] {
    in_step<Clock>([&] { check_lost(submits.run->close(), LostReason::in_a_queue); });
    captures.here = capture_here<Clock>(nullptr);
  });
  check_lost(captures.close(), LostReason::in_a_queue);
}

// It stays current when its coroutine is suspended, while the queue goes on with others' functions.
BOOST_AUTO_TEST_CASE_TEMPLATE(a_run_that_begins_in_it_and_can_be_suspended_is_lost, Clock, Clocks) {
  HandDrivenStrand<Clock> strand;
  SuspendableRun<Clock> run;
  Capture here;
  execute(strand, nothing, [&] {
    run = open_run<Clock>();
    compute<Clock>(1);
    here = capture_here<Clock>(nullptr);
  });
  in_step<Clock>(here, [&] {
    compute<Clock>(2);
    check_lost(run->close(), LostReason::in_a_queue);
  });
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_run_that_begins_and_ends_in_one_of_its_functions_is_exact, Clock,
                              Clocks) {
  HandDrivenStrand<Clock> strand;
  execute(strand, nothing, [] {
    OpenRun<Clock> run;
    compute<Clock>(1);
    check_busy(run.close(), 1);
    compute<Clock>(100);
  });
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_run_that_began_in_it_names_it_wherever_it_ends, Clock, Clocks) {
  SuspendedRun<Clock> other(1);
  HandDrivenStrand<Clock> strand;
  SuspendableRun<Clock> run;
  execute(strand, nothing, [&] { run = open_run<Clock>(); });
  in_step<Clock>(other.here, [&] { check_lost(run->close(), LostReason::in_a_queue); });
  check_lost(other.close(), LostReason::in_a_queue);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(so_does_one_that_began_before_another_ended_in_it, Clock, Clocks) {
  SuspendedRun<Clock> ends(1);
  HandDrivenStrand<Clock> strand;
  execute(strand, nothing, [&] {
    OpenRun<Clock> run;
    check_lost(ends.run->close(), LostReason::in_a_queue);
    check_lost(run.close(), LostReason::in_a_queue);
  });
}

// A function that comes from the queue is in a step of its own.
BOOST_AUTO_TEST_CASE_TEMPLATE(and_so_is_one_that_begins_in_what_the_queue_submits, Clock, Clocks) {
  HandDrivenStrand<Clock> strand;
  SuspendableRun<Clock> run;
  Capture here;
  execute(strand, nothing, [&] {
    in_step<Clock>([&] {
      run = open_run<Clock>();
      compute<Clock>(1);
      here = capture_here<Clock>(nullptr);
    });
    compute<Clock>(100);
  });
  in_step<Clock>(here, [&] { check_busy(run->close(), 1); });
}

BOOST_AUTO_TEST_CASE_TEMPLATE(who_is_resumed_from_it_may_have_waited_for_it, Clock, Clocks) {
  SuspendedRun<Clock> outer(1);
  SuspendedRun<Clock> inner(1, outer.here);
  HandDrivenStrand<Clock> strand;
  execute(strand, nothing, [&] { in_step<Clock>(inner.here, [] { compute<Clock>(2); }); });
  check_lost(inner.close(), LostReason::in_a_queue);
  check_lost(outer.close(), LostReason::in_a_queue);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(even_if_it_is_resumed_later, Clock, Clocks) {
  SuspendedRun<Clock> run(1);
  HandDrivenStrand<Clock> strand;
  Capture later;
  execute(strand, nothing, [&] { later = capture_here<Clock>(nullptr); });
  in_step<Clock>(
      later, [&] { in_step<Clock>([&] { in_step<Clock>(run.here, [] { compute<Clock>(2); }); }); });
  check_lost(run.close(), LostReason::in_a_queue);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(but_not_who_was_captured_after_that, Clock, Clocks) {
  HandDrivenStrand<Clock> strand;
  Capture later;
  execute(strand, nothing, [&] { later = capture_here<Clock>(nullptr); });
  SuspendedRun<Clock> run(1);
  in_step<Clock>(later, [&] { in_step<Clock>(run.here, [] { compute<Clock>(2); }); });
  check_busy(run.close(), 3);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(what_is_submitted_through_another_capture_is_no_queue, Clock,
                              Clocks) {
  SuspendedRun<Clock> run(1), other(5);
  HandDrivenStrand<Clock> strand(run.here);
  start<Clock>(strand.submit_first(), [&] {
    Capture told(other.here);
    never_blocks<Clock>(told);
    in_step<Clock>(other.here, [] { compute<Clock>(2); });
  });
  check_busy(run.close(), 1);
  check_busy(other.close(), 7);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(who_asks_and_does_not_submit_at_once_is_no_strand, Clock, Clocks) {
  SuspendedRun<Clock> run(1);
  HandDrivenStrand<Clock> operation(run.here);
  operation.ask_for_tracking();
  in_step<Clock>(nothing);
  auto completion =
      start<Clock>(operation.submit_without_asking(), [&] { return operation.submit_queue(); });
  start<Clock>(std::move(completion), [] { compute<Clock>(2); });
  check_busy(run.close(), 3);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(who_executes_another_inline_in_a_strand_is_lost, Clock, Clocks) {
  SuspendedRun<Clock> outer(1);
  SuspendedRun<Clock> inner(1, outer.here), other(1);
  HandDrivenStrand<Clock> strand(inner.here);
  start<Clock>(strand.submit_first(), [&] {
    may_execute_inline<Clock>(Capture());  // it captures on the way, or is the same coroutine
    may_execute_inline<Clock>(inner.here);
    may_execute_inline<Clock>(outer.here);
    BOOST_TEST(!inner.here.span()->mixed);
    may_execute_inline<Clock>(other.here);
    BOOST_TEST(inner.here.span()->mixed);
    BOOST_TEST(outer.here.span()->mixed);
  });
  check_lost(inner.close(), LostReason::in_a_queue);
  check_lost(outer.close(), LostReason::in_a_queue);
  check_lost(other.close(), LostReason::in_a_queue);  // whose function it may be
}

BOOST_AUTO_TEST_CASE_TEMPLATE(so_is_that_one_where_nobody_is_known, Clock, Clocks) {
  SuspendedRun<Clock> other(1);
  HandDrivenStrand<Clock> strand;
  start<Clock>(strand.submit_first(), [&] { may_execute_inline<Clock>(other.here); });
  check_lost(other.close(), LostReason::in_a_queue);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(but_not_outside_of_one, Clock, Clocks) {
  SuspendedRun<Clock> run(1), other(1);
  in_step<Clock>(run.here, [&] { may_execute_inline<Clock>(other.here); });
  check_busy(run.close(), 1);
  check_busy(other.close(), 1);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(and_not_of_a_span_around_both, Clock, Clocks) {
  SuspendedRun<Clock> outer(1);
  SuspendedRun<Clock> inner(1, outer.here), sibling(1, outer.here);
  HandDrivenStrand<Clock> strand(inner.here);
  start<Clock>(strand.submit_first(), [&] { may_execute_inline<Clock>(sibling.here); });
  check_lost(inner.close(), LostReason::in_a_queue);
  check_lost(sibling.close(), LostReason::in_a_queue);
  check_busy(outer.close(), 3);
}

/// A function of a strand asks the strand's executor whether it blocks, and a run begins in it that
/// can be suspended.
template <class Clock>
struct BegunInline {
  explicit BegunInline(Submission<Clock> function) {
    start<Clock>(std::move(function), [&] {
      may_execute_inline<Clock>(Capture());
      run = open_run<Clock>();
      compute<Clock>(1);
      here = capture_here<Clock>(nullptr);
    });
  }
  [[nodiscard]] RunTimes close() {
    return in_step<Clock>(here, [&] { return run->close(); });
  }

  SuspendableRun<Clock> run;
  Capture here;
};

BOOST_AUTO_TEST_CASE_TEMPLATE(who_begins_inline_in_a_strand_and_is_suspended_is_lost, Clock,
                              Clocks) {
  SuspendedRun<Clock> around(1);
  in_step<Clock>(around.here, [] {
    HandDrivenStrand<Clock> strand;
    BegunInline<Clock> inside(strand.submit_first());
    check_lost(inside.close(), LostReason::in_a_queue);
  });
  check_busy(around.close(), 2);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(but_not_in_what_a_work_dispatcher_executes, Clock, Clocks) {
  SuspendedRun<Clock> around(1);
  in_step<Clock>(around.here, [] {
    HandDrivenStrand<Clock> operation;
    BegunInline<Clock> inside(operation.submit_as_a_work_dispatcher());
    check_busy(inside.close(), 1);
  });
}

BOOST_AUTO_TEST_CASE_TEMPLATE(but_in_a_strand_of_somebodys_executor, Clock, Clocks) {
  for (const bool plainly : {false, true}) {
    detail::strands_of_others_are_used = false;
    SuspendedRun<Clock> around(1);
    in_step<Clock>(around.here, [&] {
      HandDrivenStrand<Clock> strand;
      strand.ask_for_tracking(plainly);
      BegunInline<Clock> inside(strand.submit_without_asking());
      if (plainly)
        check_lost(inside.close(), LostReason::in_a_queue);
      else
        check_busy(inside.close(), 1);
    });
    BOOST_TEST(detail::strands_of_others_are_used == plainly);
  }
  detail::strands_of_others_are_used = false;
}

BOOST_AUTO_TEST_CASE_TEMPLATE(nor_if_it_ends_there, Clock, Clocks) {
  HandDrivenStrand<Clock> strand;
  start<Clock>(strand.submit_first(), [] {
    may_execute_inline<Clock>(Capture());
    OpenRun<Clock> run;
    compute<Clock>(1);
    check_busy(run.close(), 1);
  });
}

BOOST_AUTO_TEST_CASE_TEMPLATE(it_is_lost_as_soon_as_another_may_execute_inline, Clock, Clocks) {
  HandDrivenStrand<Clock> strand;
  start<Clock>(strand.submit_first(), [] {
    may_execute_inline<Clock>(Capture());
    auto run = open_run<Clock>();
    may_execute_inline<Clock>(Capture());
    compute<Clock>(1);  // the other's
    check_lost(run->close(), LostReason::in_a_queue);
  });
}

BOOST_AUTO_TEST_CASE_TEMPLATE(of_a_tasks_executor_it_is_the_tasks, Clock, Clocks) {
  Task task;
  SuspendableRun<Clock> run;
  in_step_of<Clock>(task, [&] {
    run = open_run<Clock>();
    HandDrivenStrand<Clock> strand({}, &task);
    execute(strand, nothing, [] { compute<Clock>(2); });
  });
  in_step_of<Clock>(task, [&] { check_busy(run->close(), 2); });
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(queue_time)

BOOST_AUTO_TEST_CASE(it_goes_on_after_its_largest_number) {
  using detail::QueueTime;
  const QueueTime last((std::uint32_t{1} << QueueTime::bits) - 1), first(1), none;
  BOOST_TEST((last < first));
  BOOST_TEST(!(first < last));
  BOOST_TEST(!(first < first));
  BOOST_TEST(!none);
  const QueueTime now = QueueTime::now();
  BOOST_TEST((now < QueueTime::next()));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
