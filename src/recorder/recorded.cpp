//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/recorder/recorded.hpp>

#include <perf_timer/detail/recorder/sample_queue.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <utility>
#include <vector>

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

/// Fills `reasons` with those that occur, and returns the sum.
std::uint64_t tell(std::vector<LostCount>& reasons,
                   const std::array<std::uint64_t, lost_reason_count>& counts, bool partial) {
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (counts[i] == 0) continue;
    sum += counts[i];
    const auto reason = static_cast<LostReason>(i);
    reasons.push_back({to_string(reason, partial), counts[i], remedy_of(reason, partial)});
  }
  return sum;
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

/// Returns the statistics of the samples that only `mine` has. Without states, `now` and `before`
/// are all that is known.
DurationSummary change(const ObserverState* mine, const ObserverState* theirs, ObserverState* fresh,
                       const DurationSummary& now, const DurationSummary& before) {
  if (!mine) return difference(now, before);
  if (!theirs) return mine->summary();
  if (!mine->subtractable()) return difference(mine->summary(), theirs->summary());
  fresh->merge(*mine);
  fresh->subtract(*theirs);
  return fresh->summary();
}

void summarise(RareSeries& to, const RareSeries& from) {
  to.runs = from.runs;
  to.elapsed = from.states ? from.states.elapsed->summary() : from.elapsed;
  to.busy = from.states.busy ? from.states.busy->summary() : from.busy;
}

void subtract(RareSeries& to, const RareSeries& now, const RareSeries& before,
              const FailedStates& fresh) {
  to.runs = now.runs - before.runs;
  to.elapsed = change(now.states.elapsed.get(), before.states.elapsed.get(), fresh.elapsed.get(),
                      now.elapsed, before.elapsed);
  to.busy = change(now.states.busy.get(), before.states.busy.get(), fresh.busy.get(), now.busy,
                   before.busy);
}

}  // namespace

TimerSnapshot Recorded::snapshot() const {
  Recorded all = counts();
  all.summaries = has_states(states) ? summaries_of(states) : summaries;
  summarise(all.failed, failed);
  summarise(all.cpu, cpu);
  return std::move(all).told();
}

TimerSnapshot Recorded::since(const Recorded& earlier, ObserverStates fresh,
                              FailedStates fresh_failed, FailedStates fresh_cpu) const {
  if (earlier.resets != resets) return snapshot();
  Recorded all = counts();
  all.runs -= earlier.runs;
  all.partial.subtract(earlier.partial);
  all.stalls -= earlier.stalls;
  if (longest_stall == earlier.longest_stall) all.longest_stall = 0;
  all.counters.subtract(earlier.counters);
  std::erase_if(all.exemplars, [&](const Exemplar& one) {
    return std::ranges::find(earlier.exemplars, one) != earlier.exemplars.end();
  });
  // It isn't known of which time the greatest is, unless it is new.
  if (counters.longest_step <= earlier.counters.longest_step) all.counters.longest_step = 0;
  for (std::size_t i = 0; i < summaries.size(); ++i)
    all.summaries[i] = change(states.series[i].get(), earlier.states.series[i].get(),
                              fresh.series[i].get(), summaries[i], earlier.summaries[i]);
  subtract(all.failed, failed, earlier.failed, fresh_failed);
  subtract(all.cpu, cpu, earlier.cpu, fresh_cpu);
  return std::move(all).told();
}

/// Returns the same without states and summaries.
Recorded Recorded::counts() const {
  Recorded result;
  result.kind = kind;
  result.runs = runs;
  result.partial = partial;
  result.counters = counters;
  result.open = open;
  result.waiting = waiting;
  result.stalls = stalls;
  result.longest_stall = longest_stall;
  result.exemplars = exemplars;
  return result;
}

/// Makes a snapshot of the counts and summaries.
TimerSnapshot Recorded::told() && {
  TimerSnapshot result;
  result.kind = kind;
  result.runs = runs;
  result.partial = tell(result.partial_reasons, partial.counts, true);
  result.failed = failed.runs;
  result.lost = tell(result.lost_reasons, counters.lost, false);
  result.dropped = counters.dropped;
  result.open = open;
  result.waiting = waiting;
  result.stalls = stalls;
  if (longest_stall != 0) result.longest_stall = std::chrono::nanoseconds(longest_stall);
  const auto summary = [&](Series series) -> DurationSummary& {
    return summaries[static_cast<std::size_t>(series)];
  };
  result.busy = kind == TimerKind::scope ? summary(Series::elapsed) : summary(Series::busy);
  result.queued = std::move(summary(Series::queued));
  result.elapsed = std::move(summary(Series::elapsed));
  result.complete_elapsed = result.elapsed.total - partial.elapsed;
  result.off_processor = std::chrono::nanoseconds(counters.off_processor);
  result.queued_held = std::chrono::nanoseconds(counters.held);
  result.queued_free = std::max(
      result.queued.total - result.queued_held - std::chrono::nanoseconds(counters.unsplit),
      std::chrono::nanoseconds::zero());
  if (kind != TimerKind::scope) {
    result.steps = runs - result.partial + counters.more_steps;
    result.longest_step = std::chrono::nanoseconds(counters.longest_step);
  }
  result.failed_busy = kind == TimerKind::scope ? failed.elapsed : std::move(failed.busy);
  result.failed_elapsed = std::move(failed.elapsed);
  result.cpu_busy = cpu.busy.total;
  result.cpu = std::move(cpu.elapsed);
  result.exemplars = std::move(exemplars);
  return result;
}

}  // namespace perf_timer::inline v0_1::detail
