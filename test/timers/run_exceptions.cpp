//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/run.hpp>

#include "timers.hpp"

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
