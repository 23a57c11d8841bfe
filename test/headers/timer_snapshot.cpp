//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/timer_snapshot.hpp>

#include <boost/test/unit_test.hpp>

namespace {

using namespace std::chrono_literals;

BOOST_AUTO_TEST_CASE(timer_snapshot) {
  perf_timer::TimerSnapshot timer{.name = "GET /", .kind = perf_timer::TimerKind::task, .lost = 1};
  timer.elapsed.total = 17ns;
  timer.complete_elapsed = 10ns;
  timer.partial = 1;
  timer.partial_reasons = {perf_timer::LostCount{.reason = "it was elsewhere", .count = 1}};
  timer.busy.total = 4ns;
  timer.queued.total = 1ns;
  timer.lost_reasons = {perf_timer::LostCount{.reason = "it was lost", .count = 1}};
  timer.overhead = perf_timer::FractionalNanoseconds{59.5};
  BOOST_TEST((timer.idle() == 5ns));
  BOOST_TEST(perf_timer::to_string(timer.kind) == "task");

  auto same = timer;
  BOOST_TEST((same == timer));
  same.lost_reasons.clear();
  BOOST_TEST((same != timer));
}

}  // namespace
