//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// A stackful coroutine is suspended in the middle of steps. They began on its stack, and end in
// another order than they were nested.
#include <perf_timer/detail/span/step.hpp>

#include "driver.hpp"

namespace perf_timer::test {
namespace {

/// A step on the stack of a coroutine. It begins at construction.
template <class Clock>
std::unique_ptr<Step<Clock>> begin_step(const Capture& capture = {}, bool timed = true) {
  auto submission = submit<Clock>(capture, nullptr, timed);
  return std::make_unique<Step<Clock>>(submission, timed ? timers() : nullptr);
}

BOOST_FIXTURE_TEST_SUITE(suspended_inside, CleanThread)

BOOST_AUTO_TEST_CASE_TEMPLATE(neither_step_is_a_run_with_a_time, Clock, Clocks) {
  for (const bool timed : {true, false}) {
    std::unique_ptr<Step<Clock>> suspended;
    const auto outer = start_timed<Clock>(submit<Clock>({}, nullptr, true), [&] {
      suspended = begin_step<Clock>({}, timed);
      compute<Clock>(2);
    });
    check_lost(outer, LostReason::mixed);
    BOOST_TEST(thread_state<Clock>().step == nullptr);
    in_step<Clock>([&] {
      const auto* const here = thread_state<Clock>().step;
      check_lost(suspended->end(), LostReason::in_another_step);
      BOOST_TEST(thread_state<Clock>().step == here);
    });
    BOOST_TEST(thread_state<Clock>().step == nullptr);
  }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(destroyed_outside_of_every_step, Clock, Clocks) {
  std::unique_ptr<Step<Clock>> suspended;
  in_step<Clock>([&] { suspended = begin_step<Clock>(); });
  check_lost(suspended->end(), LostReason::outside_a_step);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(runs_go_on, Clock, Clocks) {
  // The coroutine opens a run, is suspended in an inner step that has its own run, and is resumed
  // on behalf of that run.
  SuspendedRun<Clock> inner(1);
  SuspendableRun<Clock> run;
  std::unique_ptr<Step<Clock>> suspended;
  Capture here;
  in_step<Clock>([&] {
    run = open_run<Clock>();
    compute<Clock>(2);
    suspended = begin_step<Clock>(inner.here, false);
    compute<Clock>(4);
    here = capture_here<Clock>(nullptr);
  });
  compute<Clock>(1000);
  RunTimes outer_times;
  in_step<Clock>(here, [&] {
    compute<Clock>(8);
    suspended.reset();
    compute<Clock>(16);
    outer_times = run->close();
  });
  check_busy(outer_times, 2 + 16);
  check_busy(inner.close(), 1 + 4 + 8);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
