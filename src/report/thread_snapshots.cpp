//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/thread_snapshots.hpp>

#include <perf_timer/detail/beacon/watched_thread.hpp>
#include <perf_timer/detail/clock/steady_now.hpp>
#include <perf_timer/detail/report/thread_samples.hpp>

#include <algorithm>
#include <cstddef>
#include <utility>

namespace perf_timer::inline v0_1 {

std::vector<ThreadSnapshot> thread_snapshots() {
  std::vector<std::pair<std::uint64_t, ThreadSnapshot>> found;
  {
    const detail::WatchedThreads threads([&](std::size_t size) { found.reserve(size); });
    const detail::Ticks now = detail::steady_now();
    threads.for_each([&](const detail::WatchedThread& thread) {
      auto& [number, snapshot] = found.emplace_back();
      number = thread.number;
      snapshot.thread = thread.handle.id();
      snapshot.name = thread.handle.name().data();
      snapshot.age = std::chrono::nanoseconds(std::max<detail::Ticks>(now - thread.since, 0));
      snapshot.processor_time = thread.handle.processor_time();
      for (const detail::Beacon* b = thread.beacons; b; b = b->next())
        snapshot.steps += static_cast<std::uint64_t>(detail::Beacon::steps(b->seen()));
    });
  }
  std::ranges::sort(found, {}, &std::pair<std::uint64_t, ThreadSnapshot>::first);
  auto& samples = detail::ThreadSamples::instance();
  std::vector<std::uint64_t> alive;
  std::vector<ThreadSnapshot> snapshots;
  for (auto& [number, snapshot] : found) {
    samples.tell(number, snapshot);
    alive.push_back(number);
    snapshots.push_back(std::move(snapshot));
  }
  if (auto ended = samples.ended(alive); ended.ended != 0) snapshots.push_back(std::move(ended));
  return snapshots;
}

}  // namespace perf_timer::inline v0_1
