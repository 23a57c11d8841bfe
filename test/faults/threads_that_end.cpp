//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// Threads end before, during and after a snapshot. What they recorded remains.
#include "common/hangs_after.hpp"
#include "faults/inline_world.hpp"

#include "common/waiting.hpp"

#include <array>
#include <functional>
#include <memory>
#include <thread>
#include <vector>

namespace perf_timer::test {
namespace {

constexpr int threads = 4;
constexpr int runs = 200;  // more than fit in a queue

/// Counts and adds up. A merge, which a snapshot does, calls a function of the test.
class WatchedObserver {
 public:
  explicit WatchedObserver(const std::function<void()>& on_merge) : on_merge_(&on_merge) {}

  [[nodiscard]] std::unique_ptr<ObserverState> make_state() const {
    return std::make_unique<State>(on_merge_);
  }

 private:
  class State final : public ObserverState {
   public:
    explicit State(const std::function<void()>* on_merge) : on_merge_(on_merge) {}
    void add(std::span<const std::chrono::nanoseconds> samples) override {
      for (const auto sample : samples) {
        ++summary_.count;
        summary_.total += sample;
      }
    }
    [[nodiscard]] DurationSummary summary() const override { return summary_; }
    [[nodiscard]] bool mergeable() const noexcept override { return true; }
    void merge(const ObserverState& other) override {
      if (*on_merge_) (*on_merge_)();
      summary_.count += other.summary().count;
      summary_.total += other.summary().total;
    }

   private:
    const std::function<void()>* on_merge_;
    DurationSummary summary_;
  };

  const std::function<void()>* on_merge_;
};

struct Watched {
  std::function<void()> on_merge;
  BasicAsioPerfTimer<Clock> timer{
      "watched", {.observer = WatchedObserver(on_merge), .log = [](std::string_view) {}}};

  void record() {
    for (int i = 0; i < runs; ++i) timer.observe(std::chrono::nanoseconds(3));
  }
  void check(std::uint64_t times) {
    const auto snapshot = timer.snapshot();
    BOOST_TEST(snapshot.runs == times * runs);
    BOOST_TEST(snapshot.busy.count == times * runs);
    BOOST_TEST(static_cast<std::uint64_t>(snapshot.busy.total.count()) == times * runs * 3);
    BOOST_TEST(snapshot.lost == 0u);
  }
};

BOOST_AUTO_TEST_SUITE(threads_that_end, *hangs_after(120))

BOOST_AUTO_TEST_CASE(before_the_snapshot) {
  Watched watched;
  for (int i = 0; i < threads; ++i) std::thread([&] { watched.record(); }).join();
  watched.check(threads);
}

BOOST_AUTO_TEST_CASE(after_the_snapshot) {
  Watched watched;
  Latch recorded(threads), go(1);
  std::vector<std::thread> all;
  for (int i = 0; i < threads; ++i)
    all.emplace_back([&] {
      watched.record();
      recorded.count_down();
      go.wait();
      watched.record();
    });
  recorded.wait();
  watched.check(threads);
  go.count_down();
  for (auto& thread : all) thread.join();
  watched.check(2 * threads);
}

// The snapshot is merging, and holds the record's lock, when the threads try to return their
// shards.
BOOST_AUTO_TEST_CASE(during_the_snapshot) {
  Watched watched;
  Latch recorded(threads), go(1), ending(threads);
  std::vector<std::thread> all;
  for (int i = 0; i < threads; ++i)
    all.emplace_back([&] {
      watched.record();
      recorded.count_down();
      go.wait();
      ending.count_down();
    });
  recorded.wait();
  bool first = true;
  watched.on_merge = [&] {
    if (!std::exchange(first, false)) return;
    go.count_down();
    ending.wait();
  };
  watched.check(threads);
  watched.on_merge = nullptr;
  for (auto& thread : all) thread.join();
  watched.check(threads);
  std::thread([&] { watched.record(); }).join();  // uses a shard that one of them returned
  watched.check(threads + 1);
}

BOOST_AUTO_TEST_CASE(again_and_again_while_snapshots_are_taken) {
  Watched watched;
  Barrier round(threads + 1);
  constexpr int rounds = 50;
  std::array<std::uint64_t, rounds> seen{};
  std::vector<std::thread> all;
  for (int i = 0; i < threads; ++i)
    all.emplace_back([&] {
      for (int r = 0; r < rounds; ++r) {
        round.arrive_and_wait();
        std::thread([&] { watched.record(); }).join();
      }
    });
  for (int r = 0; r < rounds; ++r) {
    round.arrive_and_wait();
    const auto snapshot = watched.timer.snapshot();
    seen[static_cast<std::size_t>(r)] = snapshot.runs;
    if (static_cast<std::uint64_t>(snapshot.busy.total.count()) != 3 * snapshot.runs) seen[0] = ~0u;
  }
  for (auto& thread : all) thread.join();
  for (std::size_t r = 0; r < rounds; ++r) {
    // All threads have passed the previous barrier, so the threads of round r - 2 have ended.
    BOOST_TEST(seen[r] >= (r < 1 ? 0 : (r - 1) * threads * runs));
    BOOST_TEST(seen[r] <= (r + 1) * threads * runs);
  }
  watched.check(std::uint64_t{rounds} * threads);
}

// A run ends on another thread, after the thread that began it has ended.
BOOST_AUTO_TEST_CASE(with_a_function_that_runs_on_another_thread) {
  asio::io_context context;
  Timer wrapped("wrapped"), measured("measured");
  std::unique_ptr<Timer::Run> run;
  const auto executor = instrument<Clock>(context);
  std::thread([&] {
    asio::post(wrapped.wrap(context), [] { Clock::advance(3); });
    asio::post(executor, [&] {
      run.reset(new Timer::Run(measured.measure()));
      Clock::advance(4);
      asio::post(executor, [&] {
        Clock::advance(5);
        run.reset();
      });
    });
  }).join();
  check_outcomes(wrapped, 0, 0, 0);
  std::thread([&] { context.run_one(); }).join();
  std::thread([&] { context.run_one(); }).join();
  check_outcomes(measured, 0, 0, 0);
  std::thread([&] { context.run_one(); }).join();
  check_busy(wrapped, 3);
  check_busy(measured, 9);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
