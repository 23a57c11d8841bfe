//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/prometheus/departed_timers.hpp>

#include <perf_timer/report/utf8.hpp>

#include "add_up.hpp"

#include <algorithm>
#include <iterator>

namespace perf_timer::detail {
namespace {

/// Whether a timer counted less than it did earlier: it was reset.
bool went_back(const TimerSnapshot& earlier, const TimerSnapshot& now) noexcept {
  return now.runs < earlier.runs || now.failed < earlier.failed || now.lost < earlier.lost ||
         now.dropped < earlier.dropped || now.elapsed.total < earlier.elapsed.total;
}

bool is_nothing(const TimerSnapshot& timer) noexcept {
  return timer.runs == 0 && timer.failed == 0 && timer.lost == 0 && timer.dropped == 0;
}

}  // namespace

std::vector<TimerSnapshot> DepartedTimers::complete(std::vector<IdentifiedSnapshot> live) {
  Names now;
  for (const IdentifiedSnapshot& timer : live) {
    const auto key = std::pair(valid_utf8(timer.snapshot.name), timer.snapshot.kind);
    now[key].seen.emplace(timer.serial, timer.snapshot);
  }

  std::vector<TimerSnapshot> result;
  result.reserve(live.size());
  for (auto name = now.begin(); name != now.end();) {
    auto& [seen, departed] = name->second;
    departed.name = name->first.first;
    departed.kind = name->first.second;
    if (const auto before = names_.find(name->first); before != names_.end()) {
      const auto& were = before->second.seen;
      const bool goes_on = std::any_of(
          were.begin(), were.end(), [&](const auto& timer) { return seen.contains(timer.first); });
      if (goes_on) {
        departed = before->second.departed;
        for (const auto& [serial, earlier] : were) {
          const auto still = seen.find(serial);
          if (still == seen.end() || went_back(earlier, still->second)) add_up(departed, earlier);
        }
      }
    }
    const bool any_departed = !is_nothing(departed);
    if (any_departed) result.push_back(departed);
    name = any_departed || seen.size() > 1 ? std::next(name) : now.erase(name);
  }
  for (IdentifiedSnapshot& timer : live) result.push_back(std::move(timer.snapshot));
  names_ = std::move(now);
  return result;
}

}  // namespace perf_timer::detail
