//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/platform/wake_up.hpp>

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <thread>

namespace perf_timer::test {
namespace {

using detail::WakeUp;

BOOST_AUTO_TEST_SUITE(wake_up)

BOOST_AUTO_TEST_CASE(who_is_woken_before_does_not_sleep) {
  WakeUp wake_up;
  wake_up.wake();
  wake_up.wait();
}

BOOST_AUTO_TEST_CASE(who_is_woken_twice_before_sleeps_the_next_time) {
  WakeUp wake_up;
  wake_up.wake();
  wake_up.wake();
  wake_up.wait();
  std::atomic<bool> is_woken{false};
  std::thread other([&] {
    is_woken = true;
    wake_up.wake();
  });
  wake_up.wait();
  BOOST_TEST(is_woken);
  other.join();
}

// With a mistake in the order of things, one of them sleeps for ever.
BOOST_AUTO_TEST_CASE(two_wake_each_other) {
  constexpr int rounds = 2'000;
  WakeUp here, there;
  int count = 0;
  std::thread other([&] {
    for (int i = 0; i < rounds; ++i) {
      there.wait();
      ++count;
      here.wake();
    }
  });
  for (int i = 0; i < rounds; ++i) {
    ++count;
    there.wake();
    here.wait();
  }
  other.join();
  BOOST_TEST(count == 2 * rounds);
}

BOOST_AUTO_TEST_CASE(it_sees_what_all_have_written_that_wake_it) {
  constexpr int threads = 3, rounds = 2'000;
  WakeUp wake_up;
  struct Written {
    std::atomic<int> rounds{0};
  };
  Written written[threads];
  std::thread all[threads];
  for (int i = 0; i < threads; ++i)
    all[i] = std::thread([&, i] {
      for (int round = 0; round < rounds; ++round) {
        written[i].rounds.fetch_add(1, std::memory_order_relaxed);
        wake_up.wake();
      }
    });
  // Whoever missed the last word would wait for ever.
  const auto seen = [&] {
    int sum = 0;
    for (const Written& one : written) sum += one.rounds.load(std::memory_order_relaxed);
    return sum;
  };
  while (seen() != threads * rounds) wake_up.wait();
  for (auto& thread : all) thread.join();
  BOOST_TEST(seen() == threads * rounds);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
