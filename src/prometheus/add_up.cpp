//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "add_up.hpp"

#include <perf_timer/detail/prometheus/series_name.hpp>
#include <perf_timer/detail/recorder/exemplars.hpp>
#include <perf_timer/detail/report/utf8.hpp>
#include <perf_timer/detail/statistics/merge_summaries.hpp>
#include <perf_timer/detail/statistics/saturating_add.hpp>

#include "timer_labels.hpp"

#include <algorithm>
#include <cstddef>
#include <map>
#include <tuple>
#include <utility>
#include <vector>

namespace perf_timer::inline v0_1::detail {
namespace {

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
    to.buckets = merged(std::move(to.buckets), from.buckets);
}

void add_up(std::vector<LostCount>& to, const std::vector<LostCount>& from) {
  for (const LostCount& one : from) {
    const auto same = std::find_if(
        to.begin(), to.end(), [&](const LostCount& known) { return known.reason == one.reason; });
    if (same != to.end())
      same->count = saturating_add(same->count, one.count);
    else
      to.push_back(one);
  }
}

bool is_same(const AwaitedOperation& a, const AwaitedOperation& b) {
  const auto name = [](const AwaitedOperation& one) {
    return std::tie(one.object, one.operation, one.part_of, one.file, one.line, one.function);
  };
  return name(a) == name(b);
}

void add_up(std::vector<AwaitedOperation>& to, const std::vector<AwaitedOperation>& from) {
  for (const AwaitedOperation& one : from) {
    const auto same = std::find_if(
        to.begin(), to.end(), [&](const AwaitedOperation& known) { return is_same(known, one); });
    if (same != to.end()) {
      same->count = saturating_add(same->count, one.count);
      same->waited = add_times(same->waited, one.waited);
    } else {
      to.push_back(one);
    }
  }
}

/// Keeps the latest of each class, so that their number is bounded.
void add_up(std::vector<Exemplar>& to, const std::vector<Exemplar>& from) {
  const auto class_of = [](const Exemplar& one) {
    return Exemplars::class_of(one.elapsed.count());
  };
  for (const Exemplar& one : from) {
    const auto same = std::ranges::find(to, class_of(one), class_of);
    if (same == to.end())
      to.push_back(one);
    else if (same->at < one.at)
      *same = one;
  }
}

}  // namespace

void add_up(TimerSnapshot& to, const TimerSnapshot& from) {
  add_up(to.busy, to.runs - to.partial, from.busy, from.runs - from.partial);
  add_up(to.queued, to.runs - to.partial, from.queued, from.runs - from.partial);
  add_up(to.elapsed, to.runs, from.elapsed, from.runs);
  to.complete_elapsed = add_times(to.complete_elapsed, from.complete_elapsed);
  to.off_processor = add_times(to.off_processor, from.off_processor);
  add_up(to.cpu, to.cpu.count, from.cpu, from.cpu.count);
  to.cpu_busy = add_times(to.cpu_busy, from.cpu_busy);
  to.steps = saturating_add(to.steps, from.steps);
  to.longest_step = std::max(to.longest_step, from.longest_step);
  to.queued_held = add_times(to.queued_held, from.queued_held);
  to.queued_free = add_times(to.queued_free, from.queued_free);
  add_up(to.failed_busy, to.failed_busy.count, from.failed_busy, from.failed_busy.count);
  add_up(to.failed_elapsed, to.failed_elapsed.count, from.failed_elapsed,
         from.failed_elapsed.count);
  to.runs = saturating_add(to.runs, from.runs);
  to.partial = saturating_add(to.partial, from.partial);
  to.failed = saturating_add(to.failed, from.failed);
  to.lost = saturating_add(to.lost, from.lost);
  to.dropped = saturating_add(to.dropped, from.dropped);
  to.open = saturating_add(to.open, from.open);
  to.waiting = saturating_add(to.waiting, from.waiting);
  to.stalls = saturating_add(to.stalls, from.stalls);
  to.longest_stall = std::max(to.longest_stall, from.longest_stall);
  to.oldest_open = std::max(to.oldest_open, from.oldest_open);  // none is less than any
  to.oldest_waiting = std::max(to.oldest_waiting, from.oldest_waiting);
  add_up(to.partial_reasons, from.partial_reasons);
  add_up(to.lost_reasons, from.lost_reasons);
  add_up(to.idle_in, from.idle_in);
  add_up(to.exemplars, from.exemplars);
}

std::vector<TimerSnapshot> one_of_each_name(std::vector<TimerSnapshot> timers,
                                            const PrometheusOptions& options) {
  std::vector<TimerSnapshot> result;
  std::map<Labels, std::size_t> places;
  result.reserve(timers.size());
  for (TimerSnapshot& timer : timers) {
    if (!timer.labels.empty())
      check_labels("timer \"" + valid_utf8(timer.name) + "\"", timer.labels);
    SeriesName series(timer);
    timer.name = std::move(series.name);
    timer.labels = std::move(series.labels);
    Labels key = timer_labels(timer, options);
    std::ranges::sort(key);
    const auto [place, is_new] = places.try_emplace(std::move(key), result.size());
    if (is_new) {
      result.push_back(std::move(timer));  // distributions are large
    } else {
      add_up(result[place->second], timer);
    }
  }
  return result;
}

}  // namespace perf_timer::inline v0_1::detail
