//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// Steps that a destructor executes while an exception unwinds, such as one that polls a context.
// That exception leaves no run which these steps execute.
#include <perf_timer/detail/span/open_run.hpp>

#include "driver.hpp"

#include <optional>

namespace perf_timer::test {
namespace {

/// Calls the function in a destructor, while an exception unwinds.
void while_unwinding(auto action) {
  struct Destroyed {
    decltype(action)& call;
    ~Destroyed() { call(); }
  };
  try {
    const Destroyed destroyed{action};
    throw 0;
  } catch (int) {
  }
}

template <class Clock>
[[nodiscard]] RunTimes close_by_an_exception(SuspendedRun<Clock>& run) {
  RunTimes times;
  in_step<Clock>(run.here, [&] { while_unwinding([&] { times = run.run->close(); }); });
  return times;
}

BOOST_FIXTURE_TEST_SUITE(unwinding, CleanThread)

BOOST_AUTO_TEST_CASE_TEMPLATE(a_run_that_ends_there_has_not_failed, Clock, Clocks) {
  SuspendedRun<Clock> run(2);
  auto submitted = submit<Clock>(run.here);
  RunTimes times;
  while_unwinding([&] {
    while_unwinding([&] { start<Clock>(std::move(submitted), [&] { times = run.run->close(); }); });
  });
  check_busy(times, 2);
  BOOST_TEST(!times.unwinding);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_run_that_an_exception_leaves_there_has_failed, Clock, Clocks) {
  SuspendedRun<Clock> run(2);
  RunTimes times;
  while_unwinding([&] { times = close_by_an_exception(run); });
  BOOST_TEST(times.unwinding);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(what_was_opened_there_fails_elsewhere, Clock, Clocks) {
  std::optional<SuspendedRun<Clock>> run, another;
  while_unwinding([&] {
    run.emplace(2);
    another.emplace(3);
  });
  BOOST_TEST(close_by_an_exception(*run).unwinding);
  const RunTimes times = another->close();
  check_busy(times, 3);
  BOOST_TEST(!times.unwinding);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_run_on_the_stack_in_a_destructor_has_not_failed, Clock, Clocks) {
  in_step<Clock>([] {
    while_unwinding([] {
      OpenRun<Clock> run;
      compute<Clock>(4);
      const RunTimes times = run.close();
      check_busy(times, 4);
      BOOST_TEST(!times.unwinding);
    });
  });
}

BOOST_AUTO_TEST_CASE_TEMPLATE(what_is_submitted_there_destroys_nothing, Clock, Clocks) {
  SuspendableRun<Clock> run;
  std::optional<Submission<Clock>> submitted;
  while_unwinding([&] {
    in_step<Clock>([&] {
      run = open_run<Clock>();
      compute<Clock>(2);
      submitted.emplace(submit<Clock>());
    });
  });
  start<Clock>(std::move(*submitted), [&] { check_busy(run->close(), 2); });
}

BOOST_AUTO_TEST_CASE_TEMPLATE(what_a_step_submits_while_it_unwinds_may_destroy, Clock, Clocks) {
  SuspendableRun<Clock> run;
  std::optional<Submission<Clock>> submitted;
  in_step<Clock>([&] {
    run = open_run<Clock>();
    while_unwinding([&] { submitted.emplace(submit<Clock>()); });
  });
  start<Clock>(std::move(*submitted),
               [&] { check_lost(run->close(), LostReason::in_another_step); });
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
