//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/report/registry.hpp>

#include <atomic>
#include <boost/test/unit_test.hpp>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "common/hangs_after.hpp"
#include "fake_source.hpp"

#include "common/waiting.hpp"

using perf_timer::detail::Registry;
using perf_timer::test::Latch;
using test::FakeSource;

BOOST_AUTO_TEST_SUITE(registry_threads, *perf_timer::test::hangs_after(120))

BOOST_AUTO_TEST_CASE(timers_come_and_go_while_others_look) {
  Registry registry;
  const FakeSource first{registry, "first"};
  constexpr int rounds = 300;
  std::atomic<int> running{2};

  const auto churn = [&](std::size_t thread) {
    std::vector<std::unique_ptr<FakeSource>> own(8);
    for (std::size_t i = 0; i < rounds; ++i) {
      auto& slot = own[(i * 5 + thread) % own.size()];
      slot.reset();
      slot = std::make_unique<FakeSource>(registry, "churn");
    }
    --running;
  };
  int looks = 0;
  int wrong = 0;
  const auto look = [&] {
    do {
      const auto timers = registry.snapshot_all();
      if (timers.empty() || timers.size() > 17 || timers.front().name != "first") ++wrong;
      ++looks;
    } while (running > 0);
  };
  const auto report = [&] {
    do {
      registry.report_all();
    } while (running > 0);
  };

  {
    std::vector<std::thread> threads;
    threads.emplace_back(churn, 0);
    threads.emplace_back(churn, 1);
    threads.emplace_back(look);
    threads.emplace_back(report);
    for (auto& thread : threads) thread.join();
  }
  BOOST_TEST(wrong == 0);
  BOOST_TEST(looks > 0);
  BOOST_TEST(registry.snapshot_all().size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_timer_is_not_destroyed_while_another_thread_calls_it) {
  for (int round = 0; round < 50; ++round) {
    Registry registry;
    std::optional<FakeSource> a{std::in_place, registry, "a"};
    const FakeSource b{registry, "b"};
    Latch called{1};
    Latch removing{1};
    std::atomic<bool> left = false;
    a->on_snapshot = [&] {
      called.count_down();
      removing.wait();
      for (int i = 0; i < 20; ++i)
        std::this_thread::yield();  // gives the other thread time to do wrong
      left = true;
    };
    std::size_t seen = 0;
    std::thread other{[&] { seen = registry.snapshot_all().size(); }};
    called.wait();
    removing.count_down();
    a.reset();
    BOOST_TEST(left.load());
    other.join();
    BOOST_TEST(seen == 2u);
  }
}

// A log function takes a lock. Another thread uses the registry while it holds that lock.
BOOST_AUTO_TEST_CASE(a_log_function_can_wait_for_a_thread_that_makes_and_destroys_timers) {
  Registry registry;
  FakeSource a{registry, "a"};
  std::optional<FakeSource> b{std::in_place, registry, "b"};
  Latch reporting{1};
  std::mutex users;
  a.on_report = [&] {
    reporting.count_down();
    const std::lock_guard lock{users};
  };

  std::size_t seen = 0;
  std::unique_lock lock{users};
  std::thread other{[&] { registry.report_all(); }};
  reporting.wait();
  const FakeSource c{registry, "c"};
  b.reset();
  seen = registry.snapshot_all().size();
  registry.report_all();
  lock.unlock();
  other.join();

  BOOST_TEST(seen == 2u);
  BOOST_TEST(a.reports() == 2);
  BOOST_TEST(c.reports() == 1);
}

BOOST_AUTO_TEST_CASE(two_passes_call_one_timer_and_both_are_waited_for) {
  Registry registry;
  std::optional<FakeSource> a{std::in_place, registry, "a"};
  Latch called{2};
  Latch removing{1};
  std::atomic<int> left = 0;
  a->on_snapshot = [&] {
    called.count_down();
    removing.wait();
    ++left;
  };
  std::thread one{[&] { static_cast<void>(registry.snapshot_all()); }};
  std::thread two{[&] { static_cast<void>(registry.snapshot_all()); }};
  called.wait();
  removing.count_down();
  a.reset();
  BOOST_TEST(left.load() == 2);
  one.join();
  two.join();
}

BOOST_AUTO_TEST_SUITE_END()
