//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// What a recorder tells, of one moment.
#include <perf_timer/detail/recorder/idle_in.hpp>
#include <perf_timer/detail/recorder/recorder.hpp>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <optional>
#include <utility>

namespace perf_timer::inline v0_1::detail {

CounterValues Recorder::counters() const noexcept {
  CounterValues sum;
  // A run can end on another shard than it began on. So what began is read last, and never more
  // seems to have ended than begun.
  for_each_shard([&](const Shard& shard) {
    sum.samples += shard.samples();
    sum.add_ended(shard.counters());
  });
  for_each_shard([&](const Shard& shard) { sum.add_begun(shard.counters()); });
  return sum;
}

/// Returns what was counted at one moment. The gate must be shut, and no run may fail meanwhile.
///
/// Nothing ended between two looks that see the same. What began is read in between, and takes each
/// value on the way from one to the next: so it is that of a moment between the looks.
CounterValues Recorder::cut() const noexcept {
  // Of these two, the counters follow later, when the run no longer needs the recorder.
  const auto known = [&](CounterValues& sum) {
    sum.failed = failed_.ever();
    sum.partial = 0;
    for (const auto& states : states_) sum.partial += states->ever_partial;
  };
  constexpr int tries = 16;
  CounterValues sum;
  for (int i = 0; i != tries; ++i) {
    sum = {};
    for_each_shard([&](Shard& shard) {
      sum.samples += shard.cut();
      sum.add_ended(shard.counters());
    });
    for_each_shard([&](const Shard& shard) { sum.add_begun(shard.counters()); });
    CounterValues again = counters();
    again.begun = sum.begun;
    again.submitted = sum.submitted;
    known(sum);
    known(again);
    if (again == sum) return sum;
  }
  sum = cut_shard_by_shard();
  known(sum);
  return sum;
}

/// The same if runs end all the time: each shard is of one moment.
CounterValues Recorder::cut_shard_by_shard() const noexcept {
  constexpr int tries = 1000;
  CounterValues sum;
  for_each_shard([&](Shard& shard) {
    CounterValues before, after;
    for (int i = 0; i != tries; ++i) {
      before = after = sum;
      before.samples += shard.cut();
      before.add_ended(shard.counters());
      before.add_begun(shard.counters());
      after.samples += shard.samples();
      after.add_ended(shard.counters());
      after.begun = before.begun;
      after.submitted = before.submitted;
      if (after == before) break;
    }
    sum = before;
  });
  return sum;
}

Recorded Recorder::recorded() const {
  Recorded result;
  if (mergeable_) result.states = fresh_states();

  std::unique_lock lock(mutex_);
  for (bool read = false; !read;) {
    failed_.prepare(result.failed, mergeable_, lock);
    cpu_.prepare(result.cpu, mergeable_, lock);
    // So that the queues have room while the gate is shut.
    for_each_shard([](Shard& shard) { shard.drain(); });
    const DrainGate::Shut shut(gate_);
    auto none_fails = failed_.hold(result.failed, mergeable_);
    if (!none_fails) continue;
    auto none_is_sampled = cpu_.hold(result.cpu, mergeable_);
    if (!none_is_sampled) continue;
    result.counters = cut();
    failed_.read(result.failed, mergeable_);
    none_fails.unlock();
    cpu_.read(result.cpu, mergeable_);
    none_is_sampled.unlock();
    read_states(result);
    read = true;
  }
  result.kind = kept_ != SeriesKept::all                           ? TimerKind::scope
                : wraps_executors_.load(std::memory_order_relaxed) ? TimerKind::executor
                                                                   : TimerKind::task;
  result.resets = resets_;
  result.open = result.counters.open();
  result.waiting = result.counters.waiting();
  result.stalls = stalls_.load(std::memory_order_relaxed);
  result.longest_stall = longest_stall_.load(std::memory_order_relaxed);
  result.exemplars = exemplars_.read();
  result.counters.subtract(base_);
  return result;
}

/// Reads what the states have seen of the cut.
void Recorder::read_states(Recorded& to) const {
  for_each_shard([](Shard& shard) { shard.drain_cut(); });
  for (const auto& states : states_) {
    const std::lock_guard states_lock(states->mutex);
    to.runs += states->runs;
    to.partial.add(states->partial);
    if (mergeable_)
      to.states.merge(states->states);
    else
      for (std::size_t i = 0; i < to.summaries.size(); ++i)
        if (const auto& state = states->states.series[i]) to.summaries[i] = state->summary();
  }
}

void Recorder::reset() {
  // All that can fail comes first. If it fails, the old states stay in place, with everything in
  // them.
  std::vector<ObserverStates> all_fresh;
  FailedStates no_more, not_sampled;
  std::unique_lock lock(mutex_);
  while (all_fresh.size() < states_.size()) {
    const auto needed = states_.size();
    lock.unlock();
    while (all_fresh.size() < needed) all_fresh.emplace_back(observer_, kept_);
    lock.lock();
  }
  for_each_shard([](Shard& shard) { shard.drain(); });
  auto fresh = all_fresh.begin();
  for (const auto& states : states_) {
    const std::lock_guard states_lock(states->mutex);
    std::swap(states->states, *fresh++);
    states->runs = 0;
    states->partial = {};
  }
  for_each_shard([](Shard& shard) { shard.forget_longest_step(); });
  no_more = failed_.reset();
  not_sampled = cpu_.reset();
  base_ = counters();
  stalls_ = 0;
  longest_stall_ = 0;
  exemplars_.forget();
  ++resets_;
  if (const IdleIn* const awaited = idle_in.load(std::memory_order_acquire))
    awaited->forget(serial_);
}

void Recorder::stalled(std::chrono::nanoseconds lasted, bool is_new) noexcept {
  if (is_new) stalls_.fetch_add(1, std::memory_order_relaxed);
  std::int64_t longest = longest_stall_.load(std::memory_order_relaxed);
  while (longest < lasted.count() && !longest_stall_.compare_exchange_weak(
                                         longest, lasted.count(), std::memory_order_relaxed)) {
  }
}

std::optional<std::uint64_t> Recorder::waiting_now() const noexcept {
  // The stuck thread may hold these.
  const std::unique_lock lock(mutex_, std::try_to_lock);
  if (!lock) return {};
  const std::unique_lock spare_lock(spare_mutex_, std::try_to_lock);
  if (!spare_lock) return {};
  return counters().waiting();
}

/// Slots are read one after the other. What was submitted before the first reading and waits after
/// the last one was seen, whatever happened in between. So if the oldest that was seen still waits
/// then, it is the oldest of that moment.
std::optional<Ticks> Recorder::oldest_waiting(Ticks (*now)() noexcept) const {
  constexpr int tries = 16;
  const std::lock_guard lock(mutex_);
  for (int i = 0; i != tries; ++i) {
    const WaitingSlot* oldest = nullptr;
    Ticks since = now();
    for_each_shard([&](const Shard& shard) {
      shard.waiting().for_each([&](const WaitingSlot& slot) {
        const auto other = slot.since();
        if (!other || *other > since || (oldest && *other == since)) return;
        oldest = &slot;
        since = *other;
      });
    });
    if (!oldest || WaitingTimes::some_are_unseen()) return {};
    const Ticks at = now();
    if (oldest->since() == since) return at - since;
  }
  return {};
}

std::uint64_t Recorder::under_way() const noexcept {
  const std::scoped_lock lock(mutex_, spare_mutex_);
  return counters().open();
}

bool Recorder::over() const noexcept {
  return pins_.load(std::memory_order_acquire) == 0 && under_way() == 0;
}

}  // namespace perf_timer::inline v0_1::detail
