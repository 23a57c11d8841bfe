//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include "common/long_mode.hpp"
#include "common/manual_clock.hpp"
#include "common/waiting.hpp"

#include <cstdint>
#include <deque>
#include <thread>
#include <vector>

namespace perf_timer::test {

inline constexpr int thread_counts[] = {1, 2, 4, 16, 64};

/// One thread's share of the repetitions of all threads; at least one.
inline std::uint64_t share(std::uint64_t amount, int threads) {
  return scaled(amount) / static_cast<std::uint64_t>(threads) + 1;
}

/// Calls `work(lane)` on that many threads at once, and joins them.
template <class Work>
void all_at_once(int threads, Work work) {
  Latch start(threads);
  std::vector<std::thread> crowd;
  for (int lane = 0; lane < threads; ++lane)
    crowd.emplace_back([&, lane] {
      start.arrive_and_wait();
      work(lane);
    });
  for (auto& thread : crowd) thread.join();
}

/// Calls `work(i)` for i < count, each on a new thread, at most that many at once.
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

/// A thread's own clock that is its wall clock too. It measures elapsed time of runs that begin and
/// end on one thread.
struct LoneClock : ThreadManualClock {
  using wall_clock = LoneClock;
};

inline void compute(std::int64_t ticks) { ThreadManualClock::advance(ticks); }

}  // namespace perf_timer::test
