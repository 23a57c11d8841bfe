//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// Runs are listed while other threads open and close them. Under TSan, this shows that no thread
// reads what another one writes without saying so.
#include <perf_timer/asio_perf_timer.hpp>
#include <perf_timer/instrument.hpp>
#include <perf_timer/open_runs.hpp>

#include "conservation/crowd.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace perf_timer::test {
namespace {

/// A clock whose time never goes back and never stands still.
struct CountingClock {
  using duration = std::chrono::nanoseconds;
  using rep = duration::rep;
  using period = duration::period;
  using time_point = std::chrono::time_point<CountingClock>;
  [[maybe_unused]] static constexpr bool is_steady = true;
  static constexpr bool is_shared = true;
  static time_point now() noexcept { return time_point(duration(++ticks)); }
  static inline std::atomic<rep> ticks{1'000'000};
};

using Timer = BasicAsioPerfTimer<CountingClock>;
using std::chrono::nanoseconds;

/// What is wrong with a run that one thread at a time executes, or nothing.
std::string fault_of(const OpenRun& run, nanoseconds most_age) {
  if (run.name != "scope" && run.name != "started") return "unknown name " + run.name;
  if (run.age > most_age) return "older than the timer";
  if (!run.busy || !run.queued) return "unknown times";
  const auto within = [&](nanoseconds part) {
    return part >= nanoseconds::zero() && part <= run.age;
  };
  if (!within(*run.busy)) return "busy for " + std::to_string(run.busy->count());
  if (!within(*run.queued)) return "queued for " + std::to_string(run.queued->count());
  return {};
}

BOOST_AUTO_TEST_SUITE(open_spans)

BOOST_DATA_TEST_CASE(are_listed_while_threads_open_and_close_them, thread_counts, threads) {
  const auto begin = CountingClock::now();
  Timer scope("scope", {.log = [](std::string_view) {}});
  Timer started("started", {.log = [](std::string_view) {}});
  boost::asio::io_context context;
  std::atomic<bool> over = false;
  std::atomic<std::uint64_t> looks = 0;
  std::string fault;
  std::thread looker([&] {
    while (!over) {
      const auto runs = open_runs(1'000'000);
      const auto most_age = CountingClock::now() - begin;
      for (std::size_t i = 0; i < runs.size(); ++i) {
        if (fault.empty()) fault = fault_of(runs[i], most_age);
        if (fault.empty() && i > 0 && runs[i].age > runs[i - 1].age) fault = "not sorted";
      }
      ++looks;
    }
  });
  const auto rounds = share(5'000, threads);
  all_at_once(threads, [&](int) {
    for (std::uint64_t i = 0; i < rounds || (looks < 10 && i < 100 * rounds); ++i) {
      const auto outer = scope.measure();
      auto run = started.start();
      boost::asio::post(run.wrap(context), [&] { const auto inner = scope.measure(); });
      context.poll_one();
      context.restart();
    }
  });
  context.restart();
  context.run();
  over = true;
  looker.join();
  BOOST_TEST(fault == "");
  BOOST_TEST(looks > 0u);
  BOOST_TEST(open_runs().empty());
  BOOST_TEST(scope.snapshot().open == 0u);
  BOOST_TEST(started.snapshot().open == 0u);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
