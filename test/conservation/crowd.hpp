//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include "common/long_mode.hpp"
#include "common/manual_clock.hpp"

#include <cstdint>
#include <cstdlib>
#include <deque>
#include <latch>
#include <thread>
#include <vector>

namespace perf_timer::test {

inline constexpr int thread_counts[] = {1, 2, 4, 16, 64};

/// An amount of repetitions, as the environment multiplies or, with PERF_TIMER_BRIEF, divides it:
/// many short runs under TSan see more orders than one long run.
inline std::uint64_t scaled(std::uint64_t amount) {
  const char* value = std::getenv("PERF_TIMER_BRIEF");
  const auto divisor = value ? std::strtoull(value, nullptr, 10) : 1;
  return amount * long_mode() / (divisor ? divisor : 1) + 1;
}

/// A thread's share of an amount for all threads together; at least one.
inline std::uint64_t share(std::uint64_t amount, int threads) {
  return scaled(amount) / static_cast<std::uint64_t>(threads) + 1;
}

/// Calls `work(lane)` on so many threads at once, and waits for them.
template <class Work>
void all_at_once(int threads, Work work) {
  std::latch start(threads);
  std::vector<std::thread> crowd;
  for (int lane = 0; lane < threads; ++lane)
    crowd.emplace_back([&, lane] {
      start.arrive_and_wait();
      work(lane);
    });
  for (auto& thread : crowd) thread.join();
}

/// Calls `work(i)` for i < count, each on a new thread, so many at once: one begins when another
/// ends.
template <class Work>
void come_and_go(int threads, int count, Work work) {
  std::deque<std::thread> crowd;
  for (int i = 0; i < count; ++i) {
    if (crowd.size() == static_cast<std::size_t>(threads)) {
      crowd.front().join();
      crowd.pop_front();
    }
    crowd.emplace_back([&, i] { work(i); });
  }
  for (auto& thread : crowd) thread.join();
}

/// Each thread's own in every respect: what lies between a run's beginning and its end on one
/// thread is elapsed as well.
struct LoneClock : ThreadManualClock {
  using wall_clock = LoneClock;
};

inline void compute(std::int64_t ticks) { ThreadManualClock::advance(ticks); }

}  // namespace perf_timer::test
