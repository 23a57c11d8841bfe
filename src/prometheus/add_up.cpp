//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "add_up.hpp"

#include <perf_timer/detail/report/utf8.hpp>

#include "saturating_add.hpp"

#include <algorithm>
#include <cstddef>
#include <map>
#include <string>
#include <utility>

namespace perf_timer::inline v0_1::detail {
namespace {

using std::chrono::nanoseconds;

nanoseconds add_times(nanoseconds a, nanoseconds b) noexcept {
  const bool overflows = b > nanoseconds::zero() && a > nanoseconds::max() - b;
  return overflows ? nanoseconds::max() : a + b;
}

std::vector<DurationBucket> both(std::vector<DurationBucket> buckets,
                                 const std::vector<DurationBucket>& more) {
  buckets.insert(buckets.end(), more.begin(), more.end());
  std::sort(buckets.begin(), buckets.end(), [](const auto& a, const auto& b) {
    return std::pair(a.first, a.last) < std::pair(b.first, b.last);
  });
  std::size_t kept = 0;
  for (const DurationBucket& bucket : buckets) {
    const bool again = kept != 0 && buckets[kept - 1].first == bucket.first &&
                       buckets[kept - 1].last == bucket.last;
    if (again)
      buckets[kept - 1].count = saturating_add(buckets[kept - 1].count, bucket.count);
    else
      buckets[kept++] = bucket;
  }
  buckets.resize(kept);
  return buckets;
}

void add_up(DurationSummary& to, std::uint64_t to_runs, const DurationSummary& from,
            std::uint64_t from_runs) {
  to.count = saturating_add(to.count, from.count);
  to.total = add_times(to.total, from.total);
  if (from_runs == 0) return;
  if (to_runs == 0)
    to.buckets = from.buckets;
  else if (to.buckets.empty() || from.buckets.empty())
    to.buckets.clear();
  else
    to.buckets = both(std::move(to.buckets), from.buckets);
}

}  // namespace

void add_up(TimerSnapshot& to, const TimerSnapshot& from) {
  add_up(to.busy, to.runs, from.busy, from.runs);
  add_up(to.queued, to.runs, from.queued, from.runs);
  add_up(to.elapsed, to.runs, from.elapsed, from.runs);
  to.runs = saturating_add(to.runs, from.runs);
  to.failed = saturating_add(to.failed, from.failed);
  to.lost = saturating_add(to.lost, from.lost);
  to.dropped = saturating_add(to.dropped, from.dropped);
  for (const LostCount& lost : from.lost_reasons) {
    const auto same =
        std::find_if(to.lost_reasons.begin(), to.lost_reasons.end(),
                     [&](const LostCount& known) { return known.reason == lost.reason; });
    if (same != to.lost_reasons.end())
      same->count = saturating_add(same->count, lost.count);
    else
      to.lost_reasons.push_back(lost);
  }
}

std::vector<TimerSnapshot> one_of_each_name(std::span<const TimerSnapshot> timers) {
  std::vector<TimerSnapshot> result;
  std::map<std::pair<std::string, TimerKind>, std::size_t> places;
  for (const TimerSnapshot& timer : timers) {
    const auto [place, is_new] =
        places.try_emplace({valid_utf8(timer.name), timer.kind}, result.size());
    if (is_new) {
      TimerSnapshot& first = result.emplace_back();
      first.name = place->first.first;
      first.kind = timer.kind;
    }
    add_up(result[place->second], timer);
  }
  return result;
}

}  // namespace perf_timer::inline v0_1::detail
