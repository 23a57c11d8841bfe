//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/recorder/recorded.hpp>

#include <perf_timer/detail/recorder/sample_queue.hpp>

#include <chrono>
#include <cstddef>
#include <utility>

namespace perf_timer::inline v0_1::detail {
namespace {

using Summaries = std::array<DurationSummary, 3>;

Summaries summaries_of(const ObserverStates& states) {
  Summaries summaries;
  for (std::size_t i = 0; i < summaries.size(); ++i)
    if (states.series[i]) summaries[i] = states.series[i]->summary();
  return summaries;
}

bool has_states(const ObserverStates& states) { return states.series.back() != nullptr; }

TimerSnapshot make_snapshot(TimerKind kind, std::uint64_t runs, const CounterValues& counters,
                            Summaries summaries) {
  TimerSnapshot result;
  result.kind = kind;
  result.runs = runs;
  result.failed = counters.failed;
  result.dropped = counters.dropped;
  for (std::size_t i = 0; i < lost_reason_count; ++i) {
    if (counters.lost[i] == 0) continue;
    result.lost += counters.lost[i];
    const auto reason = static_cast<LostReason>(i);
    result.lost_reasons.push_back({to_string(reason), counters.lost[i], remedy_of(reason)});
  }
  const auto summary = [&](Series series) -> DurationSummary& {
    return summaries[static_cast<std::size_t>(series)];
  };
  result.busy = kind == TimerKind::scope ? summary(Series::elapsed) : summary(Series::busy);
  result.queued = std::move(summary(Series::queued));
  result.elapsed = std::move(summary(Series::elapsed));
  return result;
}

/// Returns all that is known of the samples that only `later` has.
DurationSummary difference(const DurationSummary& later, const DurationSummary& earlier) {
  if (earlier.count == 0) return later;
  DurationSummary result;
  result.count = later.count - earlier.count;
  result.total = later.total - earlier.total;
  if (result.count != 0) {
    // Rounded to the nearest, halves up, as any mean is.
    const auto total = static_cast<std::uint64_t>(result.total.count());
    result.mean = std::chrono::nanoseconds((total + result.count / 2) / result.count);
  }
  result.has_extremes = false;
  return result;
}

}  // namespace

TimerSnapshot Recorded::snapshot() const {
  return make_snapshot(kind, runs, counters, has_states(states) ? summaries_of(states) : summaries);
}

TimerSnapshot Recorded::since(const Recorded& earlier, ObserverStates fresh) const {
  if (earlier.resets != resets) return snapshot();
  CounterValues counted = counters;
  counted.subtract(earlier.counters);
  Summaries differences;
  for (std::size_t i = 0; i < differences.size(); ++i) {
    const auto& mine = states.series[i];
    const auto& theirs = earlier.states.series[i];
    if (mine && theirs && mine->subtractable()) {
      fresh.series[i]->merge(*mine);
      fresh.series[i]->subtract(*theirs);
      differences[i] = fresh.series[i]->summary();
    } else if (mine) {
      differences[i] = difference(mine->summary(), theirs ? theirs->summary() : DurationSummary{});
    } else {
      differences[i] = difference(summaries[i], earlier.summaries[i]);
    }
  }
  return make_snapshot(kind, runs - earlier.runs, counted, std::move(differences));
}

}  // namespace perf_timer::inline v0_1::detail
