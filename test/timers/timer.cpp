//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/timer_base.hpp>

#include <perf_timer/stddev_observer.hpp>

#include "timers.hpp"

#include <atomic>
#include <chrono>
#include <cmath>
#include <limits>
#include <memory>
#include <stdexcept>
#include <string_view>
#include <thread>

namespace perf_timer::test {
namespace {

using std::chrono::nanoseconds;
using Seconds = std::chrono::duration<double>;
using FloatNanoseconds = std::chrono::duration<double, std::nano>;

/// The value that the exception's message names.
template <class Timer, class Duration>
std::string refusal(Timer& timer, Duration duration) {
  try {
    timer.observe(duration);
  } catch (const std::invalid_argument& error) {
    const std::string_view text = error.what();
    const std::string_view before = "observe: ";
    const std::string_view after =
        " ns is not a duration; give one that is finite, not negative and shorter than 292 years";
    if (text.starts_with(before) && text.ends_with(after))
      return std::string(text.substr(before.size(), text.size() - before.size() - after.size()));
    return error.what();
  }
  return "accepted";
}

BOOST_AUTO_TEST_SUITE(timer)

BOOST_AUTO_TEST_CASE_TEMPLATE(it_has_a_name, Timer, AllTimers) {
  const Timer timer("process thumbnail", quiet());
  BOOST_TEST(timer.name() == "process thumbnail");
  BOOST_TEST(timer.snapshot().name == "process thumbnail");
}

BOOST_AUTO_TEST_CASE_TEMPLATE(which_is_not_empty, Timer, AllTimers) {
  Log log;
  BOOST_CHECK_EXCEPTION(
      Timer("", log.options()), std::invalid_argument, [](const std::invalid_argument& error) {
        return error.what() ==
               std::string_view(
                   "timer: the name is empty; name what it times, such as \"process thumbnail\"");
      });
  BOOST_TEST(log.lines.empty());
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_plain_timers_snapshot, Timer, PlainTimers) {
  Timer timer("test", quiet(StdDevObserver{}));
  for (const int ticks : {10, 30}) {
    const auto run = timer.measure();
    compute(ticks);
  }
  const auto snapshot = timer.snapshot();
  BOOST_TEST(snapshot.elapsed.count == 2u);
  BOOST_TEST(snapshot.elapsed.total.count() == 40);
  BOOST_TEST(snapshot.elapsed.mean.count() == 20);
  BOOST_TEST(snapshot.elapsed.stddev.count() == 10);
  BOOST_TEST(snapshot.elapsed.min.count() == 10);
  BOOST_TEST(snapshot.elapsed.max.count() == 30);
  BOOST_CHECK(snapshot.busy == snapshot.elapsed);
  BOOST_CHECK(snapshot.queued == DurationSummary{});
  BOOST_TEST(snapshot.idle().count() == 0);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(reset, Timer, AllTimers) {
  Timer timer("test", quiet());
  timer.observe(nanoseconds(5));
  BOOST_CHECK_THROW(
      {
        const auto run = timer.measure();
        throw 1;
      },
      int);
  auto open = timer.measure();
  timer.reset();
  check_counts(timer, {});
  BOOST_TEST(timer.name() == "test");
  compute(2);
  open.stop();
  check_busy(timer, 2);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(observe, Timer, AllTimers) {
  Timer timer("test", quiet());
  timer.observe(nanoseconds(5));
  timer.observe(std::chrono::microseconds(2));
  timer.observe(Seconds(1e-6));
  timer.observe(nanoseconds(0));
  timer.observe(FloatNanoseconds(-0.0));
  timer.observe(FloatNanoseconds(0.4));  // rounded to the nearest
  timer.observe(FloatNanoseconds(2.6));
  check_busy(timer, 5 + 2'000 + 1'000 + 3, 7);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(observe_as_long_as_it_gets, Timer, AllTimers) {
  Timer timer("test", quiet());
  constexpr auto most = std::numeric_limits<nanoseconds::rep>::max();
  timer.observe(nanoseconds(most - 1));
  BOOST_TEST(timer.snapshot().busy.max.count() == most - 1);
  BOOST_TEST(refusal(timer, nanoseconds(most)).starts_with("922337203685477580"));  // a double: 8
  check_counts(timer, {.runs = 1});
}

BOOST_AUTO_TEST_CASE_TEMPLATE(observe_what_is_no_duration, Timer, AllTimers) {
  Timer timer("test", quiet());
  constexpr auto infinity = std::numeric_limits<double>::infinity();
  BOOST_TEST(refusal(timer, nanoseconds(-1)) == "-1.000000");
  BOOST_TEST(refusal(timer, std::chrono::hours(-2)) == "-7200000000000.000000");
  BOOST_TEST(refusal(timer, FloatNanoseconds(-0.25)) == "-0.250000");
  BOOST_TEST(refusal(timer, Seconds(infinity)) == "inf");
  BOOST_TEST(refusal(timer, Seconds(-infinity)) == "-inf");
  BOOST_TEST(refusal(timer, Seconds(std::nan(""))).ends_with("nan"));
  BOOST_TEST(refusal(timer, std::chrono::hours(24 * 365 * 300)) == "9460800000000000000.000000");
  BOOST_TEST(refusal(timer, Seconds(1e280)).starts_with("1000000000"));
  check_counts(timer, {});
}

BOOST_AUTO_TEST_CASE(what_a_task_timer_observes_was_busy_all_the_time) {
  TaskTimer timer("test", quiet());
  timer.observe(nanoseconds(5));
  const auto snapshot = timer.snapshot();
  BOOST_TEST(snapshot.queued.count == 1u);
  BOOST_TEST(snapshot.queued.total.count() == 0);
  BOOST_TEST(snapshot.idle().count() == 0);
}

BOOST_AUTO_TEST_CASE(by_a_clock_for_each_thread) {
  constexpr int rounds = 1000;
  BasicThreadPerfTimer<ThreadManualClock> plain("plain", quiet());
  BasicAsioPerfTimer<ThreadManualClock> task("task", quiet());
  std::vector<std::thread> threads;
  for (int t = 1; t <= 4; ++t)
    threads.emplace_back([&, t] {
      for (int i = 0; i < rounds; ++i) {
        const auto run = plain.measure();
        const auto same = task.measure();
        ThreadManualClock::advance(t);
      }
    });
  for (auto& thread : threads) thread.join();
  check_busy(plain, (1 + 2 + 3 + 4) * rounds, 4 * rounds);
  check_counts(task, {.runs = 4 * rounds});
  BOOST_TEST(task.snapshot().busy.total.count() == (1 + 2 + 3 + 4) * rounds);
}

BOOST_AUTO_TEST_CASE(a_run_that_another_thread_ends) {
  AnyThreadTimer timer("test", quiet());
  auto run = timer.measure();
  compute(2);
  std::thread([&run] {
    compute(3);
    run.stop();
  }).join();
  check_busy(timer, 5);
}

BOOST_AUTO_TEST_CASE(others_look_at_and_reset_a_timer_of_one_thread) {
  OneThreadTimer timer("test", quiet());
  std::atomic<bool> over = false;
  int wrong = 0;
  std::thread looker([&] {
    while (!over) {
      const auto snapshot = timer.snapshot();
      if (snapshot.busy.count != snapshot.runs) ++wrong;
      if (snapshot.busy.total.count() != 3 * static_cast<std::int64_t>(snapshot.runs)) ++wrong;
      timer.reset();
    }
  });
  for (int i = 0; i < 20'000; ++i) {
    const auto run = timer.measure();
    compute(3);
  }
  over = true;
  looker.join();
  BOOST_TEST(wrong == 0);
}

struct MakesNothing {
  [[nodiscard]] std::unique_ptr<ObserverState> make_state() const { return nullptr; }
};

BOOST_AUTO_TEST_CASE(an_observer_that_makes_no_state_is_refused) {
  BOOST_CHECK_THROW(PerfTimer("test", {.observer = MakesNothing{}, .log = {}}),
                    std::invalid_argument);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
