//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/run.hpp>

#include "common/optional_run.hpp"
#include "timers.hpp"

#include <memory>
#include <optional>
#include <stdexcept>
#include <string_view>
#include <type_traits>

namespace perf_timer::test {
namespace {

bool says_ended_twice(const std::logic_error& error) {
  return error.what() ==
         std::string_view(
             "run: stopped or cancelled twice; each run ends once, begin another with measure()");
}

BOOST_AUTO_TEST_SUITE(run)

BOOST_AUTO_TEST_CASE_TEMPLATE(ends_with_its_scope, Timer, AllTimers) {
  Timer timer("test", quiet());
  {
    const auto run = timer.measure();
    compute(2);
    check_counts(timer, {});
  }
  compute(5);
  check_busy(timer, 2);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(stopped, Timer, AllTimers) {
  Timer timer("test", quiet());
  {
    auto run = timer.measure();
    compute(2);
    run.stop();
    compute(5);
    check_busy(timer, 2);
  }
  check_busy(timer, 2);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(cancelled, Timer, AllTimers) {
  Timer timer("test", quiet());
  {
    auto run = timer.measure();
    compute(2);
    run.cancel();
  }
  check_counts(timer, {});
  {
    const auto run = timer.measure();
  }
  check_busy(timer, 0);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(ended_twice, Timer, AllTimers) {
  Timer timer("test", quiet());
  auto stopped = timer.measure();
  stopped.stop();
  BOOST_CHECK_EXCEPTION(stopped.stop(), std::logic_error, says_ended_twice);
  BOOST_CHECK_EXCEPTION(stopped.cancel(), std::logic_error, says_ended_twice);
  auto cancelled = timer.measure();
  cancelled.cancel();
  BOOST_CHECK_EXCEPTION(cancelled.cancel(), std::logic_error, says_ended_twice);
  BOOST_CHECK_EXCEPTION(cancelled.stop(), std::logic_error, says_ended_twice);
  check_busy(timer, 0);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(inside_another_timers_run, Timer, AllTimers) {
  Timer outer("outer", quiet()), inner("inner", quiet());
  {
    const auto run = outer.measure();
    compute(1);
    for (int i = 0; i < 2; ++i) {
      const auto part = inner.measure();
      compute(2);
    }
    compute(4);
  }
  check_busy(outer, 9);
  check_busy(inner, 4, 2);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(inside_a_run_of_the_same_timer, Timer, AllTimers) {
  Timer timer("test", quiet());
  {
    const auto outer = timer.measure();
    compute(1);
    const auto inner = timer.measure();
    compute(2);
  }
  check_busy(timer, 3 + 2, 2);
}

// A scope that an object takes over would stay current for whatever comes after.
BOOST_AUTO_TEST_CASE_TEMPLATE(stays_where_it_is, Timer, AllTimers) {
  using Run = typename Timer::Run;
  static_assert(!std::is_move_constructible_v<Run> && !std::is_copy_constructible_v<Run>);
  static_assert(!std::is_move_assignable_v<Run> && !std::is_copy_assignable_v<Run>);
  Timer timer("test", quiet());
  const auto begin = [&] { return timer.measure(); };
  {
    const auto run = begin();
    compute(3);
  }
  check_busy(timer, 3);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(outlives_its_timer, Timer, AllTimers) {
  Log log;
  std::optional<Timer> timer(std::in_place, "test", log.options());
  timer->observe(std::chrono::nanoseconds(5));
  auto stopped = timer->measure(), cancelled = timer->measure();
  OptionalRun<Timer> run(*timer);
  timer.reset();
  // Of some timers, it also has the age of the oldest.
  BOOST_TEST(log.lines.at(0).starts_with("timer \"test\": 5.00 nsec, 3 open"));
  stopped.stop();
  cancelled.cancel();
  run.reset();  // sanitizers check the memory
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_clock_that_goes_back, Timer, AllTimers) {
  Timer timer("test", quiet());
  {
    const auto run = timer.measure();
    compute(-1);
  }
  check_counts(timer, {.lost = 1});
  BOOST_TEST(timer.snapshot().lost_reasons.at(0).reason == "the clock went backwards");
}

BOOST_AUTO_TEST_CASE(of_a_task_where_it_cannot_be_followed) {
  TaskTimer timer("test", quiet());
  {
    const std::unique_ptr<TaskTimer::Run> on_the_heap(new TaskTimer::Run(timer.measure()));
  }
  check_counts(timer, {.lost = 1});
  BOOST_TEST(timer.snapshot().lost_reasons.at(0).reason ==
             "began where nothing instrumented was executing");
}

BOOST_AUTO_TEST_CASE(stopped_where_it_cannot_be_followed_it_has_its_elapsed_time) {
  TaskTimer timer("test", quiet());
  const std::unique_ptr<TaskTimer::Run> on_the_heap(new TaskTimer::Run(timer.measure()));
  compute(3);
  on_the_heap->stop();
  check_counts(timer, {.runs = 1});
  const auto snapshot = timer.snapshot();
  BOOST_TEST(snapshot.partial == 1u);
  BOOST_TEST(snapshot.busy.count == 0u);
  BOOST_TEST(snapshot.queued.count == 0u);
  BOOST_TEST(snapshot.elapsed.total.count() == 3);
  BOOST_TEST(snapshot.partial_reasons.at(0).reason ==
             "began where nothing instrumented was executing");

  const std::unique_ptr<TaskTimer::Run> goes_back(new TaskTimer::Run(timer.measure()));
  compute(-1);
  goes_back->stop();
  check_counts(timer, {.runs = 1, .lost = 1});
  BOOST_TEST(timer.snapshot().lost_reasons.at(0).reason == "the clock went backwards");
}

BOOST_AUTO_TEST_CASE_TEMPLATE(of_ordinary_code_anywhere, Timer, PlainTimers) {
  Timer timer("test", quiet());
  {
    using Run = typename Timer::Run;
    const std::unique_ptr<Run> on_the_heap(new Run(timer.measure()));
    compute(2);
  }
  check_busy(timer, 2);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
