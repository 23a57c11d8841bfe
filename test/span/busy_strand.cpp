//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// Rule 8 of doc/design.md: a busy strand queues what it is given, and tells nobody.
#include <perf_timer/detail/span/current_span_kept.hpp>
#include <perf_timer/detail/span/operation_span.hpp>
#include <perf_timer/detail/span/step.hpp>

#include "driver.hpp"

#include <utility>

namespace perf_timer::test {
namespace {

/// The executor that a strand is made of, as the strand uses it when it is given a function that it
/// may not execute at once.
template <class Clock>
struct PostedStrand {
  /// Of a strand inside an `any_io_executor`, that is asked too when it becomes one.
  void post_while_busy(int conversions = 0) {
    never_blocks<Clock>(carried);
    for (int i = 0; i < conversions; ++i) may_be_queued<Clock>(Capture(carried));
    may_be_queued<Clock>(carried);
  }
  [[nodiscard]] Submission<Clock> post_while_idle(int conversions = 0) {
    post_while_busy(conversions);
    const Capture tracked = capture_here<Clock>(nullptr, &carried);
    return submit<Clock>(carried);
  }

  Capture carried;
};

/// An executor that was told never to block. An executor around it executes through it.
template <class Clock>
struct NeverBlocking {
  NeverBlocking() { never_blocks<Clock>(carried); }
  void execute() const { static_cast<void>(submit<Clock>(carried)); }
  /// As an `any_io_executor` asks that is made of the executor around it.
  void is_asked() const { may_be_queued<Clock>(carried); }

  Capture carried;
};

/// Executes the function in a run's step, and returns the run's times.
template <class Clock>
RunTimes run_that(auto function) {
  SuspendedRun<Clock> run(1);
  in_step<Clock>(run.here, function);
  return run.close();
}

BOOST_FIXTURE_TEST_SUITE(busy_strand, CleanThread)

BOOST_AUTO_TEST_CASE_TEMPLATE(an_idle_one_is_exact, Clock, Clocks) {
  for (const int conversions : {0, 1, 3}) {
    PostedStrand<Clock> strand;
    check_busy(run_that<Clock>([&] {
                 auto posted = strand.post_while_idle(conversions);
                 start<Clock>(std::move(posted), [] { compute<Clock>(2); });
               }),
               3);
  }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(who_posts_to_a_busy_one_lacks_time, Clock, Clocks) {
  for (const int conversions : {0, 1, 3})
    check_lost(run_that<Clock>([&] { PostedStrand<Clock>().post_while_busy(conversions); }),
               LostReason::in_a_queue);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(whatever_it_does_next, Clock, Clocks) {
  PostedStrand<Clock> busy, idle;
  const NeverBlocking<Clock> other;
  const auto check = [&](auto next) {
    check_lost(run_that<Clock>([&] {
                 busy.post_while_busy();
                 next();
               }),
               LostReason::in_a_queue);
  };
  check([&] { busy.post_while_busy(); });
  check([&] { static_cast<void>(idle.post_while_idle()); });
  check([&] { static_cast<void>(busy.post_while_idle()); });
  check([] { const NeverBlocking<Clock> another; });
  check([] { NeverBlocking<Clock>().execute(); });
  check([&] { other.is_asked(); });
  check([&] { other.execute(); });
  check([&] {
    other.is_asked();
    other.execute();
  });
  check([] { static_cast<void>(submit<Clock>(Capture())); });
  check([&] {  // another one, at the same place
    busy.carried = Capture(other.carried);
    static_cast<void>(submit<Clock>(busy.carried));
  });
  check([] { static_cast<void>(submit<Clock>()); });
  check([] { in_step<Clock>([] { compute<Clock>(1); }); });
  check([&] { static_cast<void>(capture_here<Clock>(nullptr, &idle.carried)); });
  check([&] {  // an operation that waits for the same executor, and isn't submitted
    static_cast<void>(capture_here<Clock>(nullptr, &busy.carried));
  });
}

BOOST_AUTO_TEST_CASE_TEMPLATE(even_if_it_posts_there_again, Clock, Clocks) {
  PostedStrand<Clock> fresh, captured;
  captured.carried = Capture::no_span(1);
  for (PostedStrand<Clock>* const strand : {&fresh, &captured})
    check_lost(run_that<Clock>([&] {
                 strand->post_while_busy();
                 static_cast<void>(strand->post_while_idle());
               }),
               LostReason::in_a_queue);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(who_was_only_asked_and_executes_is_exact, Clock, Clocks) {
  const auto check = [](auto asks_and_executes) {
    check_busy(run_that<Clock>([&] {
                 const NeverBlocking<Clock> executor;
                 asks_and_executes(executor);
               }),
               1);
  };
  check([](const NeverBlocking<Clock>& executor) {
    executor.is_asked();
    executor.execute();
  });
  check([](const NeverBlocking<Clock>& executor) {  // a copy was asked
    NeverBlocking<Clock>(executor).is_asked();
    executor.execute();
  });
  check([](const NeverBlocking<Clock>& executor) {  // it asked the one inside
    NeverBlocking<Clock>(executor).is_asked();
    {
      const detail::OnlyAsking<Clock> asking;
      const NeverBlocking<Clock> inside;
    }
    executor.execute();
  });
  check([](const NeverBlocking<Clock>& executor) {  // others were told since; it is the same object
    const NeverBlocking<Clock> another;
    executor.is_asked();
    executor.execute();
  });
}

BOOST_AUTO_TEST_CASE_TEMPLATE(so_is_who_asks_first_in_the_program, Clock, Clocks) {
  // Until then, an executor doesn't keep where it was told.
  detail::erased_strands_are_used = false;
  check_busy(run_that<Clock>([] {
               const Capture executor;
               may_be_queued<Clock>(Capture(executor));
               static_cast<void>(submit<Clock>(executor));
             }),
             1);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(but_not_if_it_may_be_another, Clock, Clocks) {
  check_lost(run_that<Clock>([] {
               const NeverBlocking<Clock> executor, another;
               NeverBlocking<Clock>(executor).is_asked();
               executor.execute();
             }),
             LostReason::in_a_queue);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_strand_of_another_is_idle_where_it_submits_itself, Clock, Clocks) {
  for (const bool inner_is_busy : {false, true}) {
    PostedStrand<Clock> strand;
    const RunTimes times = run_that<Clock>([&] {
      strand.post_while_busy();
      const Capture outer = capture_here<Clock>(nullptr, &strand.carried);
      may_be_queued<Clock>(Capture(outer));  // an any_io_executor that is made of it
      may_be_queued<Clock>(strand.carried);  // the inner one
      if (inner_is_busy) return;
      const Capture inner = capture_here<Clock>(nullptr, &strand.carried);
      static_cast<void>(submit<Clock>(strand.carried));
    });
    if (inner_is_busy)
      check_lost(times, LostReason::in_a_queue);
    else
      check_busy(times, 1);
  }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(so_do_those_around_it_and_not_those_inside, Clock, Clocks) {
  SuspendedRun<Clock> outer(1);
  SuspendableRun<Clock> inner, after;
  in_step<Clock>(outer.here, [&] {
    inner = open_run<Clock>();
    PostedStrand<Clock>().post_while_busy();
    after = open_run<Clock>();
    compute<Clock>(4);
    check_busy(after->close(), 4);
    check_lost(inner->close(), LostReason::in_a_queue);
  });
  check_lost(outer.close(), LostReason::in_a_queue);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(if_it_ends_at_once, Clock, Clocks) {
  in_step<Clock>([] {
    const auto run = open_run<Clock>();
    PostedStrand<Clock>().post_while_busy();
    check_lost(run->close(), LostReason::in_a_queue);
  });
}

BOOST_AUTO_TEST_CASE_TEMPLATE(if_what_it_executes_inline_does_it, Clock, Clocks) {
  check_lost(
      run_that<Clock>([] { in_step<Clock>([] { PostedStrand<Clock>().post_while_busy(); }); }),
      LostReason::in_a_queue);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(before_something_else_becomes_current, Clock, Clocks) {
  SuspendedRun<Clock> other(1);
  check_lost(run_that<Clock>([&] {
               PostedStrand<Clock>().post_while_busy();
               in_step<Clock>(other.here, [] { compute<Clock>(1); });
             }),
             LostReason::in_a_queue);
  check_busy(other.close(), 2);
  check_lost(run_that<Clock>([] {
               const detail::CurrentSpanKept<Clock> caller;
               PostedStrand<Clock>().post_while_busy();
             }),
             LostReason::in_a_queue);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(nobody_is_to_blame_outside_of_runs, Clock, Clocks) {
  in_step<Clock>([] {
    PostedStrand<Clock>().post_while_busy();
    const auto run = open_run<Clock>();
    compute<Clock>(2);
    check_busy(run->close(), 2);
  });
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
