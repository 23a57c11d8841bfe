//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
//
// Snapshots are taken while threads record, start and end. Each one is consistent, and counts no
// less than the one before.
#include <perf_timer/histogram_observer.hpp>
#include <perf_timer/timer_snapshot.hpp>

#include <perf_timer/asio_perf_timer.hpp>
#include <perf_timer/p_square_observer.hpp>
#include <perf_timer/stddev_observer.hpp>

#include "conservation/crowd.hpp"
#include "conservation/tally.hpp"
#include "conservation/watch.hpp"

#include <perf_timer/instrument.hpp>

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>

#include <chrono>
#include <cstdint>
#include <memory>
#include <string_view>
#include <utility>

namespace perf_timer::test {
namespace {

using Timer = BasicAsioPerfTimer<LoneClock>;

/// The duration of every run.
constexpr std::int64_t ticks = 7;

void fail(Timer& timer) {
  try {
    const auto run = timer.measure();
    throw 0;
  } catch (int) {
  }
}

void lose(Timer& timer) {
  const auto run = timer.measure();
  compute(-ticks);
}

/// A run that can't be followed, because it isn't on the stack.
void end_partially(Timer& timer) {
  const std::unique_ptr<Timer::Run> run(new Timer::Run(timer.measure()));
  compute(ticks);
  run->stop();
}

void cancel(Timer& timer) { timer.measure().cancel(); }

/// Submits two functions. One of them runs.
void run_one_and_drop_one(Timer& timer) {
  boost::asio::io_context context(1);
  const auto executor = timer.wrap(context);
  for (int i = 0; i < 2; ++i) boost::asio::post(executor, [] { compute(ticks); });
  context.run_one();
}

/// Makes a run, and now and then something else.
void act(Timer& timer, std::uint64_t i, Tally& tally) {
  ++tally.began;
  tally.ran(ticks);
  if (i % 5 == 0) {
    timer.observe(std::chrono::nanoseconds(ticks));
  } else {
    const auto run = timer.measure();
    compute(ticks);
  }
  if (i % 16 == 1) fail(timer), ++tally.failed, ++tally.began;
  if (i % 16 == 2) lose(timer), ++tally.lost, ++tally.began;
  if (i % 16 == 5) end_partially(timer), ++tally.partial, ++tally.began;
  if (i % 16 == 3) cancel(timer), ++tally.cancelled, ++tally.began;
  if (i % 256 == 4) {
    run_one_and_drop_one(timer);
    tally.began += 2;
    tally.ran(ticks);
    ++tally.dropped;
  }
}

void check_while_threads_record(Observer observer, int threads, std::uint64_t amount) {
  constexpr int generations = 3, watchers = 2;
  constexpr std::uint64_t least_looks = 10;
  Timer timer("watched", {.observer = std::move(observer), .log = [](std::string_view) {}});
  Tallies tallies;
  Watch watch(timer, watchers, std::chrono::nanoseconds(ticks));
  const auto rounds = share(amount / generations, threads);
  come_and_go(threads, generations * threads, [&](int lane) {
    auto& tally = tallies.here();
    const auto own = lane % 3 == 0 ? rounds / 2 : rounds;
    for (std::uint64_t i = 0; i < own || watch.looks() < least_looks; ++i) act(timer, i, tally);
  });
  watch.stop();

  const auto snapshot = timer.snapshot();
  const auto sum = tallies.sum();
  check_outcomes(snapshot, sum);
  check_series(snapshot.busy, sum);
  BOOST_TEST(snapshot.elapsed.count == sum.runs + sum.partial);
  BOOST_TEST(snapshot.elapsed.total.count() ==
             sum.ticks + ticks * static_cast<std::int64_t>(sum.partial));
  BOOST_TEST(snapshot.complete_elapsed.count() == sum.ticks);
  BOOST_TEST(sum.partial > 0u);
  check_zeroes(snapshot.queued, sum);
  BOOST_TEST(not_all(snapshot.busy, std::chrono::nanoseconds(ticks)) == "");
}

BOOST_AUTO_TEST_SUITE(snapshots)

BOOST_DATA_TEST_CASE(of_states_that_merge, thread_counts, threads) {
  check_while_threads_record(HistogramObserver{}, threads, 30'000);
}

// All threads share one state and its lock.
BOOST_DATA_TEST_CASE(of_a_state_that_all_share, thread_counts, threads) {
  check_while_threads_record(PSquareObserver{}, threads, 30'000);
}

BOOST_DATA_TEST_CASE(of_means_and_deviations, thread_counts, threads) {
  check_while_threads_record(StdDevObserver{}, threads, 30'000);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
