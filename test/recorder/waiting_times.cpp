//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/recorder/waiting_times.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <deque>
#include <thread>
#include <vector>

namespace perf_timer::test {
namespace {

using detail::Ticks;
using detail::WaitingRef;
using detail::WaitingSlot;
using detail::WaitingTimes;

std::vector<Ticks> seen(const WaitingTimes& times) {
  std::vector<Ticks> all;
  times.for_each([&](const WaitingSlot& slot) {
    if (const auto since = slot.since()) all.push_back(*since);
  });
  std::ranges::sort(all);
  return all;
}

std::size_t slots(const WaitingTimes& times) {
  std::size_t n = 0;
  times.for_each([&](const WaitingSlot&) { ++n; });
  return n;
}

WaitingRef added(WaitingTimes& times, Ticks since) {
  WaitingRef ref;
  times.add(since, ref);
  return ref;
}

void remove(const WaitingRef& ref) { WaitingTimes::remove(ref).clear(); }

BOOST_AUTO_TEST_SUITE(waiting_times)

BOOST_AUTO_TEST_CASE(none_waits) {
  const WaitingTimes times;
  BOOST_TEST(seen(times).empty());
  BOOST_TEST(slots(times) == 0u);
}

BOOST_AUTO_TEST_CASE(those_that_wait_are_seen) {
  WaitingTimes times;
  const auto a = added(times, -5), b = added(times, 0), c = added(times, 7), d = added(times, 7);
  BOOST_TEST(seen(times) == std::vector<Ticks>({-5, 0, 7, 7}), boost::test_tools::per_element());
  remove(b);
  remove(d);
  BOOST_TEST(seen(times) == std::vector<Ticks>({-5, 7}), boost::test_tools::per_element());
  remove(a);
  remove(c);
  BOOST_TEST(seen(times).empty());
}

BOOST_AUTO_TEST_CASE(the_longest_time) {
  WaitingTimes times;
  constexpr Ticks century = 100LL * 365 * 24 * 3600 * 1'000'000'000;
  remove(added(times, 1));
  const auto ref = added(times, century);
  BOOST_TEST(seen(times) == std::vector<Ticks>({century}), boost::test_tools::per_element());
  remove(ref);
}

BOOST_AUTO_TEST_CASE(the_keepers_bits_stay) {
  WaitingTimes times;
  WaitingRef ref;
  ref.bits = WaitingRef::keepers;
  times.add(3, ref);
  BOOST_TEST((ref.bits & WaitingRef::keepers) == WaitingRef::keepers);
  BOOST_TEST((ref.slot().since() == Ticks{3}));
  remove(ref);
}

// Others come and go, with few at a time, and take no more memory.
BOOST_AUTO_TEST_CASE(one_that_waits_for_ever) {
  WaitingTimes times;
  for (int i = 0; i < 5; ++i) remove(added(times, 0));
  const auto stuck = added(times, 1);
  std::deque<WaitingRef> queue;
  for (Ticks at = 2; at < 10'000; ++at) {
    queue.push_back(added(times, at));
    if (queue.size() < 10) continue;
    remove(queue.front());
    queue.pop_front();
  }
  BOOST_TEST(slots(times) == 32u);
  BOOST_TEST(seen(times).size() == 10u);
  BOOST_TEST(seen(times).front() == 1);
  for (const auto& ref : queue) remove(ref);
  remove(stuck);
}

BOOST_AUTO_TEST_CASE(as_many_as_there_are) {
  WaitingTimes times;
  for (const std::size_t most : {20u, 30u, 100u, 1000u, 5000u}) {
    BOOST_TEST_CONTEXT(most) {
      for (int turn = 0; turn < 20; ++turn) {
        std::vector<WaitingRef> refs;
        for (std::size_t i = 0; i < most; ++i) refs.push_back(added(times, static_cast<Ticks>(i)));
        const auto all = seen(times);
        BOOST_REQUIRE(all.size() == most);
        for (std::size_t i = 0; i < most; ++i)
          if (all[i] != static_cast<Ticks>(i)) BOOST_TEST(all[i] == static_cast<Ticks>(i));
        for (const auto& ref : refs) remove(ref);
        BOOST_TEST(seen(times).empty());
      }
      BOOST_TEST(slots(times) >= most);
      BOOST_TEST(slots(times) <= std::max<std::size_t>(6 * most, 32));
    }
  }
}

// Every other one stays, so a free slot is never far.
BOOST_AUTO_TEST_CASE(slots_between_those_that_wait_are_found) {
  WaitingTimes times;
  std::vector<WaitingRef> stay;
  for (Ticks i = 0; i < 1000; ++i) {
    const auto goes = added(times, i);
    stay.push_back(added(times, i));
    remove(goes);
  }
  BOOST_TEST(seen(times).size() == 1000u);
  const std::size_t before = slots(times);
  for (Ticks i = 0; i < 100'000; ++i) remove(added(times, i));
  BOOST_TEST(slots(times) <= 2 * before);
  BOOST_TEST(slots(times) <= 6000u);
  for (const auto& ref : stay) remove(ref);
}

// Whoever starts functions is another thread than who submits them, and a third one looks.
BOOST_AUTO_TEST_CASE(several_threads) {
  constexpr Ticks many = 100'000, stuck_since = 3;
  WaitingTimes times;
  const auto stuck = added(times, stuck_since);
  std::vector<WaitingRef> refs(many);
  std::atomic<Ticks> submitted{0};
  std::atomic<bool> over{false};
  std::thread starts([&] {
    for (Ticks i = 0; i < many; ++i) {
      while (submitted.load(std::memory_order_acquire) <= i) std::this_thread::yield();
      remove(refs[static_cast<std::size_t>(i)]);
    }
    over = true;
  });
  int wrong = 0;
  std::thread looks([&] {
    while (!over) {
      const auto all = seen(times);
      if (all.empty() || all.front() != stuck_since) ++wrong;
      for (const Ticks since : all)
        if (since % 3 != 0) ++wrong;
    }
  });
  for (Ticks i = 0; i < many; ++i) {
    times.add(3 * (i + 2), refs[static_cast<std::size_t>(i)]);
    submitted.store(i + 1, std::memory_order_release);
  }
  starts.join();
  looks.join();
  BOOST_TEST(wrong == 0);
  BOOST_TEST(seen(times) == std::vector<Ticks>({stuck_since}), boost::test_tools::per_element());
  remove(stuck);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
