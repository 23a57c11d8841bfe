//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/span/submission.hpp>

#include "driver.hpp"

#include <utility>
#include <vector>

namespace perf_timer::test {
namespace {

BOOST_FIXTURE_TEST_SUITE(submission, CleanThread)

// Rule 3: on whose behalf a function runs.

BOOST_AUTO_TEST_CASE_TEMPLATE(without_a_capture_on_behalf_of_what_was_current, Clock, Clocks) {
  SuspendedRun<Clock> run(1);
  auto submitted = in_step<Clock>(run.here, [] { return submit<Clock>(); });
  start<Clock>(std::move(submitted), [] { compute<Clock>(2); });
  check_busy(run.close(), 3);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(with_a_capture_on_behalf_of_that, Clock, Clocks) {
  SuspendedRun<Clock> run(1), submitter(5);
  auto submitted = in_step<Clock>(submitter.here, [&] { return submit<Clock>(run.here); });
  start<Clock>(std::move(submitted), [] { compute<Clock>(2); });
  check_busy(run.close(), 3);
  check_busy(submitter.close(), 5);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(no_span_is_something_to_capture, Clock, Clocks) {
  const auto none = capture_here<Clock>(nullptr);
  SuspendedRun<Clock> submitter(5);
  in_step<Clock>(submitter.here, [&] { in_step<Clock>(none, [] { compute<Clock>(2); }); });
  check_busy(submitter.close(), 5);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(on_behalf_of_nobody, Clock, Clocks) {
  in_step<Clock>([] {
    BOOST_TEST(thread_state<Clock>().current == nullptr);
    compute<Clock>(2);
  });
}

BOOST_AUTO_TEST_CASE_TEMPLATE(it_keeps_the_span, Clock, Clocks) {
  SuspendedRun<Clock> run(1);
  auto submitted = submit<Clock>(run.here);
  check_busy(run.close(), 1);
  run.run.reset();
  run.here = Capture();
  start<Clock>(std::move(submitted), [] { compute<Clock>(2); });  // sanitizers check the memory
}

// Queued lasts from submission to start.

BOOST_AUTO_TEST_CASE_TEMPLATE(waits_from_submission_to_start, Clock, Clocks) {
  SuspendedRun<Clock> run(1);
  auto first = submit<Clock>(run.here);
  pass(3);
  start<Clock>(std::move(first), [] { compute<Clock>(2); });
  pass(100);  // idle
  auto second = submit<Clock>(run.here);
  pass(4);
  const auto times = start<Clock>(std::move(second), [&] { return run.run->close(); });
  check_times(times, 3, 7, 1 + 3 + 2 + 100 + 4);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(two_that_wait_count_double, Clock, Clocks) {
  SuspendedRun<Clock> run(0);
  auto first = submit<Clock>(run.here), second = submit<Clock>(run.here);
  pass(3);
  start<Clock>(std::move(first), [] {});
  pass(2);
  start<Clock>(std::move(second), [] {});
  check_times(run.close(), 0, 3 + 5, 5);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(what_is_inside_another_run_waits_for_that_too, Clock, Clocks) {
  SuspendedRun<Clock> outer(0);
  SuspendedRun<Clock> inner(0, outer.here);
  auto submitted = submit<Clock>(inner.here);
  pass(3);
  start<Clock>(std::move(submitted), [] {});
  check_times(inner.close(), 0, 3, 3);
  check_times(outer.close(), 0, 3, 3);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_function_that_is_destroyed_stops_waiting, Clock, Clocks) {
  SuspendedRun<Clock> run(0);
  {
    const auto never_started = submit<Clock>(run.here);
    pass(3);
  }
  pass(5);
  check_times(run.close(), 0, 3, 8);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(moving_it_counts_once, Clock, Clocks) {
  SuspendedRun<Clock> run(0);
  {
    auto first = submit<Clock>(run.here);
    auto second = std::move(first);
    const auto third = std::move(second);
    pass(3);
  }
  check_times(run.close(), 0, 3, 3);
}

// Queued time up to now is exact only if all threads share the clock for waiting. Both clocks here
// have such a one.
BOOST_AUTO_TEST_CASE_TEMPLATE(what_waits_when_the_run_ends_has_waited_until_then, Clock, Clocks) {
  SuspendedRun<Clock> run(0);
  auto submitted = submit<Clock>(run.here);
  pass(3);
  check_times(run.close(), 0, 3, 3);
  start<Clock>(std::move(submitted), [] {});
}

BOOST_AUTO_TEST_CASE_TEMPLATE(five_hundred_functions_wait_when_the_run_ends, Clock, Clocks) {
  SuspendedRun<Clock> run(0);
  std::vector<Submission<Clock>> waiting;
  for (int i = 0; i < 500; ++i) waiting.push_back(submit<Clock>(run.here));
  pass(3);
  check_times(run.close(), 0, 1500, 3);
}

// Exact or flagged: an account can't count this many.
BOOST_AUTO_TEST_CASE_TEMPLATE(ten_thousand_functions_wait_when_the_run_ends, Clock, Clocks) {
  for (const Ticks uptime : {Ticks{1'000'000}, Ticks{10'000'000'000}, Ticks{1'000'000'000'000}}) {
    BOOST_TEST_CONTEXT("the clock stands at " << uptime) {
      ManualClock::ticks = uptime;
      SuspendedRun<Clock> run(0);
      std::vector<Submission<Clock>> waiting;
      for (int i = 0; i < 10'000; ++i) waiting.push_back(submit<Clock>(run.here));
      pass(3);
      check_lost(run.close(), LostReason::crowded);
    }
  }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(ten_thousand_functions_waited_and_have_started, Clock, Clocks) {
  SuspendedRun<Clock> outer(0);
  SuspendedRun<Clock> inner(0, outer.here);
  std::vector<Submission<Clock>> waiting;
  for (int i = 0; i < 10'000; ++i) waiting.push_back(submit<Clock>(inner.here));
  pass(3);
  for (auto& submitted : waiting) start<Clock>(std::move(submitted), [] { compute<Clock>(1); });
  // The first has waited 3, and each of the others one more than the one before.
  check_times(inner.close(), 10'000, 10'000 * 3 + 10'000 * 9'999 / 2, 10'003);
  check_times(outer.close(), 10'000, 10'000 * 3 + 10'000 * 9'999 / 2, 10'003);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(ten_thousand_functions_waited_and_were_destroyed, Clock, Clocks) {
  SuspendedRun<Clock> run(0);
  std::vector<Submission<Clock>> waiting;
  for (int i = 0; i < 10'000; ++i) waiting.push_back(submit<Clock>(run.here));
  pass(3);
  waiting.clear();
  pass(4);
  check_times(run.close(), 0, 30'000, 7);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
