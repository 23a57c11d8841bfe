//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "prometheus_snapshots.hpp"

#include <perf_timer/detail/platform/at_fork.hpp>
#include <perf_timer/detail/prometheus/departed_timers.hpp>
#include <perf_timer/detail/report/registry.hpp>

#include <cstdint>
#include <mutex>
#include <utility>

namespace perf_timer::inline v0_1::detail {
namespace {

struct Memory {
  std::mutex mutex;
  std::uint64_t looks = 0;
  DepartedTimers departed;
};

Memory& memory() {
  static Memory* const one = [] {
    auto* const made = new Memory;  // never deleted: a scrape may come until the very end
    at_fork([] { memory().mutex.lock(); }, [] { memory().mutex.unlock(); },
            [] { memory().mutex.unlock(); });
    return made;
  }();
  return *one;
}

}  // namespace

std::vector<TimerSnapshot> prometheus_snapshots() {
  Memory& kept = memory();
  const auto looks = [&] {
    const std::lock_guard lock{kept.mutex};
    return kept.looks;
  };
  for (;;) {
    // No lock is held while timers are asked, for they call what isn't ours. Looks must be in an
    // order all the same: if there was another one meanwhile, this one may be older.
    const std::uint64_t before = looks();
    auto live = Registry::instance().identified_snapshots();
    const std::lock_guard lock{kept.mutex};
    if (kept.looks != before) continue;
    ++kept.looks;
    return kept.departed.complete(std::move(live));
  }
}

}  // namespace perf_timer::inline v0_1::detail
