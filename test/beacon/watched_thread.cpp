//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/beacon/watched_thread.hpp>
#include <perf_timer/detail/clock/steady_now.hpp>
#include <perf_timer/detail/platform/sanitizers.hpp>

#include "common/child_process.hpp"
#include "common/fork_safety.hpp"
#include "common/waiting.hpp"
#include "span/driver.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <thread>
#include <vector>

namespace perf_timer::test {
namespace {

using detail::Beacon;
using detail::WatchedThread;
using detail::WatchedThreads;
using DefaultClock = std::chrono::steady_clock;

std::vector<std::uint64_t> listed() {
  std::vector<std::uint64_t> numbers;
  WatchedThreads().for_each([&](const WatchedThread& thread) { numbers.push_back(thread.number); });
  return numbers;
}

bool is_listed(std::uint64_t number) { return std::ranges::count(listed(), number) == 1; }

std::size_t beacons(const WatchedThread& thread) {
  std::size_t n = 0;
  for (const Beacon* b = thread.beacons; b; b = b->next()) ++n;
  return n;
}

BOOST_FIXTURE_TEST_SUITE(watched_thread, CleanThread)

BOOST_AUTO_TEST_CASE(is_listed_from_its_first_step_to_its_end) {
  std::uint64_t number = 0;
  std::thread([&] {
    BOOST_TEST(WatchedThreads::this_one() == nullptr);
    in_step<DefaultClock>([] {});
    BOOST_REQUIRE(WatchedThreads::this_one());
    number = WatchedThreads::this_one()->number;
    BOOST_TEST(is_listed(number));
  }).join();
  BOOST_TEST(!is_listed(number));
}

BOOST_AUTO_TEST_CASE(has_a_beacon_for_each_clock) {
  std::thread([] {
    in_step<DefaultClock>([] {});
    BOOST_TEST(beacons(*WatchedThreads::this_one()) == 1u);
    in_step<DefaultClock>([] {});
    in_step<ManualClock>([] {});
    BOOST_TEST(beacons(*WatchedThreads::this_one()) == 2u);
    const auto number = WatchedThreads::this_one()->number;
    BOOST_TEST(is_listed(number));
  }).join();
}

BOOST_AUTO_TEST_CASE(is_seen_by_others_while_it_is_in_a_step) {
  Semaphore go_on(0);
  Latch inside(1);
  std::thread thread([&] {
    in_step<DefaultClock>([&] {
      inside.count_down();
      go_on.acquire();
    });
  });
  inside.wait();
  int in_a_step = 0;
  WatchedThreads().for_each([&](const WatchedThread& t) {
    for (const Beacon* b = t.beacons; b; b = b->next()) in_a_step += Beacon::in_step(b->seen());
  });
  BOOST_TEST(in_a_step == 1);
  go_on.release();
  thread.join();
}

BOOST_AUTO_TEST_CASE(ends_while_others_begin_and_are_listed) {
  std::vector<std::thread> threads;
  std::atomic<int> found = 0;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([&] {
      for (int n = 0; n < 100; ++n)
        std::thread([&] {
          in_step<DefaultClock>([] {});
          in_step<ManualClock>([] {});
          if (is_listed(WatchedThreads::this_one()->number)) ++found;
        }).join();
    });
  for (auto& thread : threads) thread.join();
  BOOST_TEST(found == 400);
  const auto left = listed();
  BOOST_TEST(left.size() <= 1u);  // the one that runs the tests
}

/// Executes steps when everything else of its thread is gone.
struct AtTheEnd {
  bool* unlisted;
  ~AtTheEnd() {
    in_step<DefaultClock>([] {});
    in_step<ManualClock>([] {});
    const Beacon& beacon = thread_state<ManualClock>();
    *unlisted = !WatchedThreads::this_one() && Beacon::steps(beacon.seen()) == 1;
  }
};

BOOST_AUTO_TEST_CASE(is_not_listed_again_when_its_last_destructors_execute_steps) {
  bool unlisted = false;
  std::thread([&] {
    static thread_local AtTheEnd at_the_end{&unlisted};  // made first, so destroyed last
    static_cast<void>(at_the_end);
    in_step<DefaultClock>([] {});
    BOOST_TEST(is_listed(WatchedThreads::this_one()->number));
  }).join();
  BOOST_TEST(unlisted);
}

// Whoever looks may have to wait for a processor in between.
BOOST_AUTO_TEST_CASE(is_in_a_step_since_it_was_seen_and_not_since_the_look_began) {
  detail::Ticks time = detail::steady_now(), before = 0, since = 0;
  in_step<DefaultClock>([&] {
    const auto mine = WatchedThreads::this_one()->number;
    WatchedThreads threads;
    before = threads.look([&] { return ++time; },
                          [&](const WatchedThread& thread, const Beacon&,
                              const detail::Sighting& sighting, detail::Ticks) {
                            if (thread.number == mine && Beacon::in_step(sighting.sight))
                              since = sighting.since;
                          });
  });
  BOOST_TEST(since > before);
}

BOOST_AUTO_TEST_CASE(as_many_are_reserved_for_as_there_are) {
  in_step<DefaultClock>([] {});
  std::size_t reserved = 0, size = 0;
  {
    const WatchedThreads threads([&](std::size_t enough) {
      reserved = enough;
      static_cast<void>(WatchedThreads());  // nobody has the list now
    });
    size = threads.size();
  }
  BOOST_TEST(size >= 1u);
  BOOST_TEST(reserved >= size);
}

#if PERF_TIMER_TEST_FORKS
// TSan doesn't support threads in a forked child.
BOOST_AUTO_TEST_CASE(is_the_only_one_in_the_child_of_a_fork,
                     *boost::unit_test::enable_if<!detail::has_thread_sanitizer>() *
                         boost::unit_test::precondition(forks_beside_threads)) {
  Semaphore go_on(0);
  Latch inside(1);
  std::thread other([&] {
    in_step<DefaultClock>([&] {
      inside.count_down();
      go_on.acquire();
    });
  });
  inside.wait();
  in_step<DefaultClock>([] {
    const auto mine = WatchedThreads::this_one()->number;
    BOOST_TEST(listed().size() == 2u);
    BOOST_TEST(output_of_child([&] {
                 bool right =
                     listed() == std::vector{mine} && WatchedThreads::this_one()->handle.id() ==
                                                          static_cast<std::uint64_t>(::getpid());
                 std::thread([&] {
                   in_step<DefaultClock>([] {});
                   right = right && listed().size() == 2;
                 }).join();
                 ::_exit(right && listed() == std::vector{mine} ? 0 : 1);
               }) == "");
  });
  go_on.release();
  other.join();
}
#endif

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
