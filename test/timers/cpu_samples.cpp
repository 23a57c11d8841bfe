//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/interval_reader.hpp>
#include <perf_timer/perf_timer.hpp>
#include <perf_timer/timer_options.hpp>

#include "common/manual_clock.hpp"
#include "common/sampled_clock.hpp"

#include <boost/test/unit_test.hpp>

#include <stdexcept>
#include <string_view>
#include <thread>

namespace perf_timer::test {
namespace {

using Clock = SampledClock;
constexpr auto cost = Clock::processor_clock::cost;  // of a reading, which a sample holds one of

TimerOptions every(std::uint32_t runs) {
  return {.log = [](std::string_view) {}, .cpu_every = runs};
}

void check_cpu(const TimerSnapshot& snapshot, std::uint64_t samples, std::int64_t cpu,
               std::int64_t busy) {
  BOOST_TEST(snapshot.cpu.count == samples);
  BOOST_TEST(snapshot.cpu.total.count() == cpu);
  BOOST_TEST(snapshot.cpu_busy.count() == busy);
}

/// Executes a run that computes and blocks.
template <class Timer>
void run(Timer& timer, int computes, int blocks) {
  const auto run = timer.measure();
  Clock::compute(computes);
  Clock::block(blocks);
}

BOOST_AUTO_TEST_SUITE(cpu_samples)

BOOST_AUTO_TEST_CASE(there_are_none_unless_asked_for) {
  BasicPerfTimer<Clock> timer("test", every(0));
  run(timer, 30, 70);
  check_cpu(timer.snapshot(), 0, 0, 0);
}

BOOST_AUTO_TEST_CASE(tell_what_computes_from_what_blocks) {
  BasicPerfTimer<Clock> one("one", every(1));
  BasicThreadPerfTimer<Clock> any("any", every(1));
  run(one, 30, 70);
  run(any, 10, 200);
  check_cpu(one.snapshot(), 1, 30 + cost, 100);
  check_cpu(any.snapshot(), 1, 10 + cost, 210);
}

BOOST_AUTO_TEST_CASE(are_of_one_run_in_so_many) {
  BasicPerfTimer<Clock> one("one", every(3));
  BasicThreadPerfTimer<Clock> any("any", every(3));
  for (int i = 1; i <= 7; ++i) {
    run(one, i, 10);
    run(any, i, 10);
  }
  check_cpu(one.snapshot(), 3, 1 + 4 + 7 + 3 * cost, 1 + 4 + 7 + 30);
  check_cpu(any.snapshot(), 3, 1 + 4 + 7 + 3 * cost, 1 + 4 + 7 + 30);
  BOOST_TEST(one.snapshot().runs == 7u);
}

BOOST_AUTO_TEST_CASE(of_each_thread_the_first) {
  BasicThreadPerfTimer<Clock> timer("test", every(1000));
  const auto twice = [&] {
    run(timer, 20, 80);
    run(timer, 1, 2);
  };
  std::thread([&] {
    twice();
    std::thread(twice).join();
  }).join();
  check_cpu(timer.snapshot(), 2, 2 * (20 + cost), 200);
}

BOOST_AUTO_TEST_CASE(have_readings_that_are_not_part_of_the_run) {
  BasicPerfTimer<Clock> timer("test", every(1));
  run(timer, 40, 60);
  BOOST_TEST(timer.snapshot().elapsed.total.count() == 100);
}

BOOST_AUTO_TEST_CASE(are_at_most_the_busy_time) {
  BasicPerfTimer<Clock> timer("test", every(1));
  run(timer, 2, 0);
  check_cpu(timer.snapshot(), 1, 2, 2);
}

BOOST_AUTO_TEST_CASE(are_of_runs_that_end_in_any_way_but_failed_ones) {
  BasicPerfTimer<Clock> timer("test", every(1));
  auto stopped = timer.measure();
  Clock::block(100);
  stopped.stop();
  check_cpu(timer.snapshot(), 1, cost, 100);
  timer.decorate([] { Clock::block(10); })();
  check_cpu(timer.snapshot(), 2, 2 * cost, 110);
  auto cancelled = timer.measure();
  cancelled.cancel();
  try {
    const auto failed = timer.measure();
    throw std::runtime_error("test");
  } catch (const std::runtime_error&) {
  }
  try {
    timer.decorate([] { throw std::runtime_error("test"); })();
  } catch (const std::runtime_error&) {
  }
  BOOST_TEST(timer.snapshot().failed == 2u);
  check_cpu(timer.snapshot(), 2, 2 * cost, 110);
}

BOOST_AUTO_TEST_CASE(of_an_interval_and_after_a_reset) {
  BasicPerfTimer<Clock> timer("sampled", every(1));
  run(timer, 30, 70);
  IntervalReader reader;
  run(timer, 1, 9);
  for (const auto& shown : reader.next().timers)
    if (shown.name == timer.name()) check_cpu(shown, 1, 1 + cost, 10);
  check_cpu(timer.snapshot(), 2, 31 + 2 * cost, 110);
  timer.reset();
  check_cpu(timer.snapshot(), 0, 0, 0);
}

BOOST_AUTO_TEST_CASE(of_a_processors_clock_there_are_none) {
  BasicPerfTimer<ThreadManualClock> timer("test", every(1));
  {
    const auto run = timer.measure();
  }
  check_cpu(timer.snapshot(), 0, 0, 0);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
