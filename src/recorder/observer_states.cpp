//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/recorder/observer_states.hpp>

#include <perf_timer/detail/recorder/sample_queue.hpp>

#include <stdexcept>

namespace perf_timer::inline v0_1::detail {

namespace {

std::unique_ptr<ObserverState> checked_state(const Observer& observer) {
  auto state = observer.make_state();
  if (!state)
    throw std::invalid_argument(
        "observer: make_state returned null; let it return a new ObserverState");
  return state;
}

}  // namespace

ObserverStates ObserverStates::to_merge_into(const Observer& observer, SeriesKept kept) {
  ObserverStates states;
  for (std::size_t i = 0; i < states.series.size(); ++i)
    if (kept == SeriesKept::all || i + 1 == states.series.size())
      states.series[i] = checked_state(observer);
  return states;
}

ObserverStates::ObserverStates(const Observer& observer, SeriesKept kept)
    : ObserverStates(to_merge_into(observer, kept)) {
  if (kept == SeriesKept::all && series.back()->mergeable()) undivided = checked_state(observer);
}

void ObserverStates::merge(const ObserverStates& other) {
  for (std::size_t i = 0; i < series.size(); ++i)
    if (series[i]) series[i]->merge(*other.series[i]);
  if (!other.undivided) return;
  for (const Series both : {Series::busy, Series::elapsed})
    series[static_cast<std::size_t>(both)]->merge(*other.undivided);
}

namespace {

std::chrono::nanoseconds sum(std::chrono::nanoseconds a, std::chrono::nanoseconds b) noexcept {
  constexpr auto most = std::chrono::nanoseconds::max();
  return a > most - b ? most : a + b;
}

}  // namespace

void PartialRuns::add(LostReason reason, std::chrono::nanoseconds run) noexcept {
  ++counts[static_cast<std::size_t>(reason)];
  elapsed = sum(elapsed, run);
}

void PartialRuns::add(const PartialRuns& other) noexcept {
  for (std::size_t i = 0; i < counts.size(); ++i) counts[i] += other.counts[i];
  elapsed = sum(elapsed, other.elapsed);
}

void PartialRuns::subtract(const PartialRuns& earlier) noexcept {
  for (std::size_t i = 0; i < counts.size(); ++i) counts[i] -= earlier.counts[i];
  elapsed -= earlier.elapsed;
}

FailedStates::FailedStates(const Observer& observer, SeriesKept kept)
    : elapsed(checked_state(observer)) {
  if (kept == SeriesKept::all) busy = checked_state(observer);
}

}  // namespace perf_timer::inline v0_1::detail
