//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/histogram_observer.hpp>
#include <perf_timer/interval_reader.hpp>

#include <perf_timer/asio_perf_timer.hpp>
#include <perf_timer/average_observer.hpp>
#include <perf_timer/p_square_observer.hpp>
#include <perf_timer/perf_timer.hpp>
#include <perf_timer/stddev_observer.hpp>

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <chrono>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace perf_timer::test {
namespace {

using namespace std::chrono_literals;

TimerOptions quiet(Observer observer = HistogramObserver{}) {
  return {.observer = std::move(observer), .log = [](std::string_view) {}};
}

/// The snapshot of one timer in the interval, if there is one.
std::optional<TimerSnapshot> next_of(IntervalReader& reader, const TimerBase& timer) {
  for (TimerSnapshot& snapshot : reader.next().timers)
    if (snapshot.name == timer.name()) return std::move(snapshot);
  return {};
}

BOOST_AUTO_TEST_SUITE(intervals)

BOOST_AUTO_TEST_CASE(each_has_what_came_after_the_one_before) {
  ThreadPerfTimer timer{"t", quiet()};
  timer.observe(1ms);  // before the reader exists
  IntervalReader reader;
  BOOST_TEST(next_of(reader, timer)->runs == 0u);

  timer.observe(10us);
  timer.observe(30us);
  auto interval = *next_of(reader, timer);
  BOOST_TEST(interval.runs == 2u);
  BOOST_TEST(interval.elapsed.count == 2u);
  BOOST_TEST((interval.elapsed.total == 40us));
  BOOST_TEST((interval.elapsed.mean == 20us));
  BOOST_TEST((interval.elapsed.stddev == 10us));
  BOOST_CHECK(interval.busy == interval.elapsed);

  BOOST_CHECK(
      (*next_of(reader, timer) ==
       TimerSnapshot{.name = "t", .busy = {.has_stddev = true}, .elapsed = {.has_stddev = true}}));
  timer.observe(70us);
  interval = *next_of(reader, timer);
  BOOST_TEST(interval.runs == 1u);
  BOOST_TEST((interval.elapsed.total == 70us));
  BOOST_TEST(timer.snapshot().runs == 4u);
}

BOOST_AUTO_TEST_CASE(quantiles_and_extremes_are_of_the_interval) {
  ThreadPerfTimer timer{"t", quiet()};
  for (int i = 1; i <= 100; ++i) timer.observe(std::chrono::seconds(i));
  IntervalReader reader;
  for (int i = 1; i <= 100; ++i) timer.observe(std::chrono::microseconds(i));
  const auto elapsed = next_of(reader, timer)->elapsed;
  BOOST_TEST(elapsed.has_extremes);
  const auto is_near = [](std::chrono::nanoseconds value, std::chrono::nanoseconds truth) {
    return std::abs(static_cast<double>((value - truth).count())) <=
           0.008 * static_cast<double>(truth.count());
  };
  BOOST_TEST(is_near(elapsed.min, 1us));
  BOOST_TEST(is_near(elapsed.max, 100us));
  BOOST_TEST_REQUIRE(elapsed.quantiles.size() == 3u);
  BOOST_TEST(is_near(elapsed.quantiles[0].value, 50us));
  BOOST_TEST(is_near(elapsed.quantiles[1].value, 90us));
  BOOST_TEST(is_near(elapsed.quantiles[2].value, 99us));
  std::uint64_t counted = 0;
  for (const DurationBucket& bucket : elapsed.buckets) counted += bucket.count;
  BOOST_TEST(counted == 100u);
}

BOOST_AUTO_TEST_CASE(what_observers_can_say_of_an_interval) {
  const struct {
    const char* name;
    Observer observer;
    bool stddev, extremes, quantiles;
  } rows[] = {
      {"histogram", HistogramObserver{}, true, true, true},
      {"standard deviation", StdDevObserver{}, true, false, false},
      {"average", AverageObserver{}, false, false, false},
      {"P-square", PSquareObserver{{0.5}}, false, false, false},
  };
  for (const auto& row : rows) {
    BOOST_TEST_CONTEXT(row.name) {
      ThreadPerfTimer timer{"t", quiet(row.observer)};
      timer.observe(1s);
      IntervalReader reader;
      timer.observe(10us);
      timer.observe(21us);
      const auto elapsed = next_of(reader, timer)->elapsed;
      BOOST_TEST(elapsed.count == 2u);
      BOOST_TEST((elapsed.total == 31us));
      BOOST_TEST((elapsed.mean == 15'500ns));
      BOOST_TEST(elapsed.has_stddev == row.stddev);
      BOOST_TEST((elapsed.stddev == (row.stddev ? 5'500ns : 0ns)));
      BOOST_TEST(elapsed.has_extremes == row.extremes);
      BOOST_TEST(elapsed.quantiles.empty() != row.quantiles);
    }
  }
}

BOOST_AUTO_TEST_CASE(of_a_timer_that_is_new_all_is_known) {
  IntervalReader reader;
  ThreadPerfTimer timer{"t", quiet(PSquareObserver{{0.5}})};
  timer.observe(10us);
  BOOST_CHECK(*next_of(reader, timer) == timer.snapshot());
}

BOOST_AUTO_TEST_CASE(a_reset_begins_anew) {
  ThreadPerfTimer timer{"t", quiet()};
  timer.observe(10us);
  timer.observe(10us);
  IntervalReader reader;
  timer.observe(10us);
  timer.reset();
  timer.observe(50us);
  BOOST_CHECK(*next_of(reader, timer) == timer.snapshot());
  timer.observe(60us);
  BOOST_TEST((next_of(reader, timer)->elapsed.total == 60us));
}

BOOST_AUTO_TEST_CASE(a_timer_of_the_same_name_is_another) {
  auto timer = std::make_unique<ThreadPerfTimer>("t", quiet());
  for (int i = 0; i < 5; ++i) timer->observe(1us);
  IntervalReader reader;
  timer = std::make_unique<ThreadPerfTimer>("t", quiet());
  timer->observe(1us);
  BOOST_TEST(next_of(reader, *timer)->runs == 1u);
}

BOOST_AUTO_TEST_CASE(failed_runs_count_where_they_end) {
  ThreadPerfTimer timer{"t", quiet()};
  const auto fail = [&] {
    try {
      const auto run = timer.measure();
      throw 1;
    } catch (int) {
    }
  };
  fail();
  IntervalReader reader;
  fail();
  fail();
  BOOST_TEST(next_of(reader, timer)->failed == 2u);
  BOOST_TEST(next_of(reader, timer)->failed == 0u);
}

BOOST_AUTO_TEST_CASE(all_series_of_an_asio_timer) {
  AsioPerfTimer timer{"t", quiet()};
  timer.observe(1s);
  IntervalReader reader;
  timer.observe(10us);
  const auto interval = *next_of(reader, timer);
  BOOST_CHECK(interval.kind == TimerKind::task);
  BOOST_TEST((interval.busy.total == 10us));
  BOOST_TEST((interval.queued.total == 0us));
  BOOST_TEST(interval.queued.count == 1u);
  BOOST_TEST((interval.elapsed.total == 10us));
}

BOOST_AUTO_TEST_CASE(readers_do_not_disturb_each_other) {
  ThreadPerfTimer timer{"t", quiet()};
  IntervalReader often, seldom;
  std::uint64_t often_sum = 0, seldom_sum = 0;
  for (int i = 1; i <= 12; ++i) {
    timer.observe(1us);
    often_sum += next_of(often, timer)->runs;
    if (i % 4 == 0) seldom_sum += next_of(seldom, timer)->runs;
  }
  BOOST_TEST(often_sum == 12u);
  BOOST_TEST(seldom_sum == 12u);
}

BOOST_AUTO_TEST_CASE(nothing_is_missed_or_told_twice_while_threads_measure) {
  constexpr std::uint64_t each = 20'000;
  ThreadPerfTimer timer{"t", quiet()};
  IntervalReader reader;
  std::uint64_t runs = 0;
  std::chrono::nanoseconds total{};
  std::atomic<int> measuring{2};
  std::vector<std::thread> threads;
  for (int i = 0; i < 2; ++i) {
    threads.emplace_back([&] {
      for (std::uint64_t n = 0; n < each; ++n) timer.observe(3us);
      --measuring;
    });
  }
  while (measuring != 0) {
    const auto interval = *next_of(reader, timer);
    runs += interval.runs;
    total += interval.elapsed.total;
  }
  for (std::thread& thread : threads) thread.join();
  const auto last = *next_of(reader, timer);
  BOOST_TEST(runs + last.runs == 2 * each);
  BOOST_TEST((total + last.elapsed.total == 2 * each * 3us));
}

BOOST_AUTO_TEST_CASE(an_interval_says_when) {
  IntervalReader reader;
  const auto first = reader.next();
  const auto second = reader.next();
  BOOST_TEST((first.length >= 0ns));
  BOOST_TEST((second.begin == first.end));
}

BOOST_AUTO_TEST_CASE(a_reader_that_fails_misses_nothing) {
  struct State final : ObserverState {
    explicit State(std::shared_ptr<bool> fails) : fails_(std::move(fails)) {}
    void add(std::span<const std::chrono::nanoseconds> samples) override {
      summary_.count += samples.size();
    }
    DurationSummary summary() const override {
      if (*fails_) throw std::runtime_error("no");
      return summary_;
    }
    std::shared_ptr<bool> fails_;
    DurationSummary summary_;
  };
  struct Failing {
    std::unique_ptr<ObserverState> make_state() const { return std::make_unique<State>(fails); }
    std::shared_ptr<bool> fails = std::make_shared<bool>(false);
  };
  const Failing observer;
  ThreadPerfTimer timer{"t", quiet(observer)};
  IntervalReader reader;
  timer.observe(1us);
  *observer.fails = true;
  BOOST_CHECK_THROW(static_cast<void>(reader.next()), std::runtime_error);
  *observer.fails = false;
  timer.observe(1us);
  BOOST_TEST(next_of(reader, timer)->runs == 2u);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
