//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/beacon/beacon.hpp>

#include "span/driver.hpp"

#include <chrono>
#include <memory>
#include <tuple>

namespace perf_timer::test {
namespace {

using detail::Beacon;
using AllClocks = std::tuple<std::chrono::steady_clock, ManualClock, ThreadManualClock>;

template <class Clock>
Beacon::Sight seen() {
  const Beacon& beacon = thread_state<Clock>();
  return beacon.seen();
}

BOOST_FIXTURE_TEST_SUITE(beacon, CleanThread)

BOOST_AUTO_TEST_CASE_TEMPLATE(is_odd_while_a_step_executes, Clock, AllClocks) {
  in_step<Clock>([] {});
  const auto outside = seen<Clock>();
  BOOST_TEST(!Beacon::in_step(outside));
  in_step<Clock>([&] {
    BOOST_TEST(Beacon::in_step(seen<Clock>()));
    BOOST_TEST(Beacon::steps(seen<Clock>()) == Beacon::steps(outside) + 1);
  });
  BOOST_TEST(!Beacon::in_step(seen<Clock>()));
  BOOST_TEST(Beacon::steps(seen<Clock>()) == Beacon::steps(outside) + 1);
}

BOOST_AUTO_TEST_CASE(a_handler_is_one_step_with_those_inside_it) {
  Beacon beacon;
  static_cast<void>(beacon.begin_handler());
  const auto outer = beacon.seen() & 3;  // its first step has no number yet
  BOOST_TEST(Beacon::in_step(outer));
  for (int i = 0; i < 2; ++i) {
    static_cast<void>(beacon.begin());
    BOOST_TEST((beacon.seen() & 3) == outer);
    beacon.end();
    BOOST_TEST((beacon.seen() & 3) == outer);
  }
  beacon.end_handler();
  BOOST_TEST(!Beacon::in_step(beacon.seen()));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(before_the_first_step_there_is_none, Clock, AllClocks) {
  std::thread([] {
    BOOST_TEST(!Beacon::in_step(seen<Clock>()));
    BOOST_TEST(Beacon::steps(seen<Clock>()) == 0);
    in_step<Clock>([] { BOOST_TEST(Beacon::steps(seen<Clock>()) == 1); });
    BOOST_TEST(Beacon::steps(seen<Clock>()) == 1);
    in_step<Clock>([] { BOOST_TEST(Beacon::steps(seen<Clock>()) == 2); });
  }).join();
}

BOOST_AUTO_TEST_CASE_TEMPLATE(only_the_outermost_step_counts, Clock, AllClocks) {
  in_step<Clock>([] {
    const auto outer = seen<Clock>();
    in_step<Clock>([&] { BOOST_TEST(seen<Clock>() == outer); });
    const auto run = open_run<Clock>();
    static_cast<void>(start_timed<Clock>(submit<Clock>({}, nullptr, true),
                                         [&] { BOOST_TEST(seen<Clock>() == outer); }));
    static_cast<void>(run->close());
    BOOST_TEST(seen<Clock>() == outer);
  });
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_step_on_behalf_of_a_run_counts_as_well, Clock, AllClocks) {
  SuspendableRun<Clock> run;
  Capture here;
  in_step<Clock>([&] {
    run = open_run<Clock>();
    here = capture_here<Clock>(nullptr);
  });
  const auto opened = seen<Clock>();
  BOOST_TEST(!Beacon::in_step(opened));
  const auto steps = [&] { return Beacon::steps(seen<Clock>()) - Beacon::steps(opened); };
  in_step<Clock>(here, [&] { BOOST_TEST(steps() == 1); });
  static_cast<void>(
      start_timed<Clock>(submit<Clock>(here, nullptr, true), [&] { BOOST_TEST(steps() == 2); }));
  in_step<Clock>(here, [&] { static_cast<void>(run->close()); });
  BOOST_TEST(steps() == 3);
  BOOST_TEST(!Beacon::in_step(seen<Clock>()));
}

BOOST_AUTO_TEST_CASE(each_clock_has_its_own) {
  in_step<ManualClock>([] {});
  in_step<std::chrono::steady_clock>([] {
    BOOST_TEST(!Beacon::in_step(seen<ManualClock>()));
    const auto outer = seen<std::chrono::steady_clock>();
    in_step<ManualClock>([&] {
      BOOST_TEST(Beacon::in_step(seen<ManualClock>()));
      BOOST_TEST(seen<std::chrono::steady_clock>() == outer);
    });
  });
}

// A stackful coroutine is suspended in the middle of a step that began on its stack.
BOOST_AUTO_TEST_CASE_TEMPLATE(steps_that_end_elsewhere_leave_it_alone, Clock, AllClocks) {
  using detail::Step;
  const auto begin_step = [] {
    auto submission = submit<Clock>({}, nullptr, true);
    return std::make_unique<Step<Clock>>(submission, timers());
  };
  std::unique_ptr<Step<Clock>> suspended, another;
  in_step<Clock>([&] {
    suspended = begin_step();
    another = begin_step();
  });
  const auto outside = seen<Clock>();
  BOOST_TEST(!Beacon::in_step(outside));
  static_cast<void>(another->end());
  BOOST_TEST(seen<Clock>() == outside);
  std::thread([&] {
    in_step<Clock>([&] {
      const auto inside = seen<Clock>();
      static_cast<void>(suspended->end());
      BOOST_TEST(seen<Clock>() == inside);
    });
    BOOST_TEST(!Beacon::in_step(seen<Clock>()));
  }).join();
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
