//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/trace/slow_events.hpp>

#include <algorithm>
#include <thread>

namespace perf_timer::inline v0_1::detail {

constinit SlowEvents slow_events;

void SlowEvents::tell(const SlowEvent& event) noexcept {
  for (Place& place : places_) {
    auto expected = Place::empty;
    if (!place.state.compare_exchange_strong(expected, Place::being_written,
                                             std::memory_order_acquire, std::memory_order_relaxed))
      continue;
    place.event = event;
    place.state.store(Place::full, std::memory_order_release);
    return wake();
  }
  auto& more = event.is_step() ? more_steps_ : more_runs_;
  more.fetch_add(1, std::memory_order_relaxed);
}

SlowEvents::Fetched SlowEvents::fetch() noexcept {
  Fetched fetched;
  for (Place& place : places_) {
    if (place.state.load(std::memory_order_acquire) != Place::full) continue;
    if (place.event.trace == trace()) fetched.events[fetched.size++] = place.event;
    place.state.store(Place::empty, std::memory_order_release);
  }
  std::sort(fetched.events.begin(), fetched.events.begin() + static_cast<int>(fetched.size),
            [](const SlowEvent& a, const SlowEvent& b) { return a.end < b.end; });
  fetched.more_runs = more_runs_.exchange(0, std::memory_order_relaxed);
  fetched.more_steps = more_steps_.exchange(0, std::memory_order_relaxed);
  return fetched;
}

void SlowEvents::start(Ticks slower_than, std::uint32_t trace) noexcept {
  static_cast<void>(fetch());
  trace_.store(trace, std::memory_order_relaxed);
  slower_than_.store(slower_than, std::memory_order_relaxed);
}

void SlowEvents::after_fork_in_child() noexcept {
  stop();
  for (Place& place : places_) place.state.store(Place::empty, std::memory_order_relaxed);
  news_.after_fork_in_child();
}

}  // namespace perf_timer::inline v0_1::detail
