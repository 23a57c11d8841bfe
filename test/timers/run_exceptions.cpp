//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/run.hpp>

#include <perf_timer/interval_reader.hpp>

#include "timers.hpp"

#include <algorithm>

namespace perf_timer::test {
namespace {

BOOST_AUTO_TEST_SUITE(run_exceptions)

BOOST_AUTO_TEST_CASE_TEMPLATE(left_by_an_exception, Timer, AllTimers) {
  Timer timer("test", quiet());
  BOOST_CHECK_THROW(
      {
        const auto run = timer.measure();
        compute(2);
        throw 1;
      },
      int);
  check_counts(timer, {.failed = 1});
  const auto snapshot = timer.snapshot();
  BOOST_TEST(snapshot.elapsed.count == 0u);
  BOOST_TEST(snapshot.failed_elapsed.count == 1u);
  BOOST_TEST(snapshot.failed_elapsed.total.count() == 2);
  BOOST_TEST(snapshot.failed_busy.count == 1u);
  BOOST_TEST(snapshot.failed_busy.total.count() == 2);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(left_by_an_exception_it_is_in_an_interval_too, Timer, AllTimers) {
  Timer timer("test", quiet());
  const auto fail = timer.decorate([](Clock::rep ticks) {
    compute(ticks);
    throw 1;
  });
  BOOST_CHECK_THROW(fail(2), int);
  IntervalReader reader;
  BOOST_CHECK_THROW(fail(5), int);
  const auto interval = reader.next();
  const auto mine = std::find_if(interval.timers.begin(), interval.timers.end(),
                                 [](const TimerSnapshot& each) { return each.name == "test"; });
  BOOST_REQUIRE(mine != interval.timers.end());
  BOOST_TEST(mine->failed == 1u);
  BOOST_TEST(mine->failed_elapsed.total.count() == 5);
  BOOST_TEST(mine->failed_busy.total.count() == 5);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(ended_before_an_exception_it_counts, Timer, AllTimers) {
  Timer timer("test", quiet());
  BOOST_CHECK_THROW(
      {
        auto stopped = timer.measure();
        compute(2);
        stopped.stop();
        auto cancelled = timer.measure();
        cancelled.cancel();
        throw 1;
      },
      int);
  check_busy(timer, 2);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(an_exception_that_stays_inside_is_nothing, Timer, AllTimers) {
  Timer timer("test", quiet());
  {
    const auto run = timer.measure();
    BOOST_CHECK_THROW(throw 1, int);
    compute(2);
  }
  check_busy(timer, 2);
}

/// Its destructor makes two runs: one ends normally, and an exception leaves the other.
template <class Timer>
struct TimedDestructor {
  ~TimedDestructor() {
    {
      const auto run = timer.measure();
      compute(2);
    }
    try {
      const auto run = timer.measure();
      throw 2;
    } catch (int) {
    }
  }
  Timer& timer;
};

BOOST_AUTO_TEST_CASE_TEMPLATE(while_another_exception_unwinds, Timer, AllTimers) {
  Timer timer("test", quiet());
  BOOST_CHECK_THROW(
      {
        const TimedDestructor<Timer> timed{timer};
        throw 1;
      },
      int);
  check_counts(timer, {.runs = 1, .failed = 1});
  BOOST_TEST(timer.snapshot().busy.total.count() == 2);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
