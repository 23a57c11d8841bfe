//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/prometheus/departed_timers.hpp>

#include <perf_timer/detail/statistics/saturating_add.hpp>

#include "add_up.hpp"

#include <algorithm>
#include <cstdint>
#include <utility>

namespace perf_timer::inline v0_1::detail {
namespace {

/// Returns how many operations the timer's runs waited for.
std::uint64_t awaited(const TimerSnapshot& timer) noexcept {
  std::uint64_t count = 0;
  for (const AwaitedOperation& one : timer.idle_in) count = saturating_add(count, one.count);
  return count;
}

/// Returns whether a timer counts less than earlier, which means that it was reset.
bool went_back(const TimerSnapshot& earlier, const TimerSnapshot& now) noexcept {
  return now.runs < earlier.runs || now.partial < earlier.partial || now.failed < earlier.failed ||
         now.lost < earlier.lost || now.dropped < earlier.dropped || now.stalls < earlier.stalls ||
         now.elapsed.total < earlier.elapsed.total;
}

bool is_nothing(const TimerSnapshot& timer) noexcept {
  return timer.runs == 0 && timer.failed == 0 && timer.lost == 0 && timer.dropped == 0 &&
         timer.stalls == 0 && timer.idle_in.empty();
}

/// Returns the same without what is open, which is told of the present only.
TimerSnapshot of_the_past(TimerSnapshot timer) {
  timer.open = timer.waiting = 0;
  timer.oldest_open.reset();
  timer.oldest_waiting.reset();
  timer.longest_stall.reset();
  return timer;
}

/// Returns nothing but what its runs waited for. What open runs waited for counts before they do.
/// And a snapshot that is taken during a reset may have lost only that.
TimerSnapshot its_waits(const TimerSnapshot& timer) {
  TimerSnapshot waits;
  waits.idle_in = timer.idle_in;
  return waits;
}

using Live = std::unordered_map<std::uint64_t, const TimerSnapshot*>;  // by serial

/// Returns whether a timer that was in the sum is still alive.
bool goes_on(const std::unordered_map<std::uint64_t, TimerSnapshot>& seen, const Live& live) {
  return std::any_of(seen.begin(), seen.end(),
                     [&](const auto& timer) { return live.contains(timer.first); });
}

}  // namespace

std::vector<TimerSnapshot> DepartedTimers::complete(std::vector<IdentifiedSnapshot> live) {
  std::map<SeriesName, Live> by_name;
  for (const IdentifiedSnapshot& timer : live)
    by_name[SeriesName(timer.snapshot)].emplace(timer.serial, &timer.snapshot);
  Names now;
  std::vector<TimerSnapshot> result;
  result.reserve(live.size());
  for (const auto& [key, timers] : by_name) {
    TimerSnapshot departed = key.nothing_counted();
    const auto before = names_.find(key);
    if (before != names_.end() && goes_on(before->second.seen, timers)) {
      departed = before->second.departed;
      for (const auto& [serial, earlier] : before->second.seen) {
        const auto still = timers.find(serial);
        if (still == timers.end() || went_back(earlier, *still->second))
          add_up(departed, of_the_past(earlier));
        else if (awaited(*still->second) < awaited(earlier))
          add_up(departed, its_waits(earlier));
      }
    }
    const bool any_departed = !is_nothing(departed);
    if (any_departed) result.push_back(departed);
    if (!any_departed && timers.size() == 1) continue;
    Name& name = now[key];
    name.departed = std::move(departed);
    for (const auto& [serial, snapshot] : timers) name.seen.emplace(serial, *snapshot);
  }
  for (IdentifiedSnapshot& timer : live) result.push_back(std::move(timer.snapshot));
  names_ = std::move(now);
  return result;
}

}  // namespace perf_timer::inline v0_1::detail
