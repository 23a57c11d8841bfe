//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
//
// Runs of scopes and functions, each on one thread. Threads start and end meanwhile.
#include <perf_timer/perf_timer.hpp>

#include <perf_timer/asio_perf_timer.hpp>

#include "conservation/crowd.hpp"
#include "conservation/tally.hpp"

#include <perf_timer/detail/asio/decorate.hpp>

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>

#include <chrono>
#include <memory>
#include <mutex>
#include <string_view>
#include <type_traits>
#include <utility>

namespace perf_timer::test {
namespace {

struct Thrown {};

using OneThreadTimer = BasicPerfTimer<LoneClock>;
using AnyThreadTimer = BasicThreadPerfTimer<LoneClock>;
using TaskTimer = BasicAsioPerfTimer<LoneClock>;

/// One timer, and every way in which a run can end.
template <class Timer>
class Scopes {
 public:
  /// Executes run number `i` of the calling thread.
  void run(std::uint64_t i, Tally& tally) {
    const auto ticks = static_cast<std::int64_t>(i % 31);
    [[maybe_unused]] const auto turn = its_turn();
    ++tally.began;
    switch (i % 13) {
      case 0:
        return ended_by_its_scope(ticks, tally);
      case 1:
        return stopped(ticks, tally);
      case 2:
        return returned_by_a_function(ticks, tally);
      case 3:
        return nested(ticks, tally);
      case 4:
        return observed(ticks, tally);
      case 5:
        return decorated(ticks, tally);
      case 6:
        return cancelled(ticks, tally);
      case 7:
        return left_by_an_exception(ticks, tally);
      case 8:
        return decorated_and_throws(ticks, tally);
      case 9:
        return clock_went_back(ticks, tally);
      case 10:
        return on_the_heap(ticks, tally);
      default:
        return ended_by_its_scope(ticks, tally);
    }
  }

  [[nodiscard]] TimerSnapshot snapshot() const { return timer_.snapshot(); }

 private:
  /// A lock, if only one thread at a time may use the timer.
  [[nodiscard]] auto its_turn() {
    if constexpr (std::is_same_v<Timer, OneThreadTimer>)
      return std::unique_lock(mutex_);
    else
      return 0;
  }

  void ended_by_its_scope(std::int64_t ticks, Tally& tally) {
    const auto run = timer_.measure();
    compute(ticks);
    tally.ran(ticks);
  }
  void stopped(std::int64_t ticks, Tally& tally) {
    auto run = timer_.measure();
    compute(ticks);
    run.stop();
    compute(1000);
    tally.ran(ticks);
  }
  [[nodiscard]] auto begin(std::int64_t ticks) {
    compute(ticks);
    return timer_.measure();
  }
  void returned_by_a_function(std::int64_t ticks, Tally& tally) {
    const auto run = begin(ticks);
    compute(ticks);
    tally.ran(ticks);
  }
  void nested(std::int64_t ticks, Tally& tally) {
    const auto outer = timer_.measure();
    ++tally.began;
    ended_by_its_scope(ticks, tally);
    compute(5);
    tally.ran(ticks + 5);
  }
  void observed(std::int64_t ticks, Tally& tally) {
    timer_.observe(std::chrono::nanoseconds(ticks));
    tally.ran(ticks);
  }
  void decorated(std::int64_t ticks, Tally& tally) {
    compute_as_run_(ticks);
    tally.ran(ticks);
  }
  void cancelled(std::int64_t ticks, Tally& tally) {
    auto run = timer_.measure();
    compute(ticks);
    run.cancel();
    ++tally.cancelled;
  }
  void left_by_an_exception(std::int64_t ticks, Tally& tally) {
    try {
      const auto run = timer_.measure();
      compute(ticks);
      throw Thrown();
    } catch (const Thrown&) {
      ++tally.failed;
    }
  }
  void decorated_and_throws(std::int64_t ticks, Tally& tally) {
    try {
      throw_as_run_(ticks);
    } catch (const Thrown&) {
      ++tally.failed;
    }
  }
  void clock_went_back(std::int64_t ticks, Tally& tally) {
    const auto run = timer_.measure();
    compute(-1 - ticks);
    ++tally.lost;
  }
  /// A run on the heap, outside of every step: a task's timer can't tell whether a coroutine owns
  /// it, and counts it as lost.
  void on_the_heap(std::int64_t ticks, Tally& tally) {
    const std::unique_ptr<const typename Timer::Run> run(new typename Timer::Run(timer_.measure()));
    compute(ticks);
    std::is_same_v<Timer, TaskTimer> ? void(++tally.lost) : tally.ran(ticks);
  }

  std::mutex mutex_;
  Timer timer_{"scopes", {.log = [](std::string_view) {}}};
  decltype(std::declval<Timer&>().decorate(&compute)) compute_as_run_ = timer_.decorate(&compute);
  static void throw_at_the_end(std::int64_t ticks) {
    compute(ticks);
    throw Thrown();
  }
  decltype(std::declval<Timer&>().decorate(&compute)) throw_as_run_ =
      timer_.decorate(&throw_at_the_end);
};

template <class Timer>
void check_scopes(int threads, std::uint64_t amount) {
  constexpr int generations = 4;
  Scopes<Timer> scopes;
  Tallies tallies;
  const auto rounds = share(amount / generations, threads);
  come_and_go(threads, generations * threads, [&](int i) {
    // Some runs end before others that began earlier.
    const auto own = i % 3 == 0 ? rounds / 2 : rounds;
    auto& tally = tallies.here();
    for (std::uint64_t n = 0; n < own; ++n) scopes.run(n + static_cast<std::uint64_t>(i), tally);
  });

  const auto snapshot = scopes.snapshot();
  const auto sum = tallies.sum();
  check_outcomes(snapshot, sum);
  check_series(snapshot.busy, sum);
  check_series(snapshot.elapsed, sum);
  if constexpr (std::is_same_v<Timer, TaskTimer>) check_zeroes(snapshot.queued, sum);
}

BOOST_AUTO_TEST_SUITE(scopes)

BOOST_DATA_TEST_CASE(of_a_timer_for_one_thread_at_a_time, thread_counts, threads) {
  check_scopes<OneThreadTimer>(threads, 20'000);
}

BOOST_DATA_TEST_CASE(of_a_timer_for_any_threads, thread_counts, threads) {
  check_scopes<AnyThreadTimer>(threads, 50'000);
}

BOOST_DATA_TEST_CASE(of_a_timer_for_tasks, thread_counts, threads) {
  check_scopes<TaskTimer>(threads, 50'000);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
