//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/platform/attributes.hpp>
#include <perf_timer/detail/recorder/shard.hpp>

namespace perf_timer::inline v0_1::detail {
namespace {

void drain_into(LockedStates& to, SampleQueue& queue, std::uint64_t until) {
  if (to.states.undivided)
    queue.take_undivided(until, [&](std::span<const std::chrono::nanoseconds> samples) {
      to.states.undivided->add(samples);
      to.runs += samples.size();
    });
  for (const Series series : {Series::busy, Series::queued, Series::elapsed}) {
    const auto& state = to.states.series[static_cast<std::size_t>(series)];
    queue.take(series, until, [&](std::span<const std::chrono::nanoseconds> samples) {
      if (state) state->add(samples);
      if (series == Series::elapsed) to.runs += samples.size();
    });
  }
}

/// Shards that share states seldom meet here, and one needs them for less than it takes a thread to
/// sleep and to be woken. So it tries a few times first.
std::unique_lock<std::mutex> lock_soon(LockedStates& states) {
  constexpr int tries = 100;
  std::unique_lock lock(states.mutex, std::try_to_lock);
  for (int i = 1; i < tries && !lock; ++i) static_cast<void>(lock.try_lock());
  if (!lock) lock.lock();
  return lock;
}

}  // namespace

void Shard::drain() {
  const auto lock = lock_soon(states_);
  drain_into(states_, queue_, queue_.written());
}

void Shard::drain_cut() {
  const auto lock = lock_soon(states_);
  drain_into(states_, queue_, cut_);
}

void Shard::end(const RunTimes& times, const RunDetails& details) noexcept {
  if (times.lost != LostReason::none || (!queue_.has_room() && !make_room()))
    return end_slowly(times);
  const auto count = [](SingleWriterCount& counter, Ticks ticks) {
    if (ticks != 0) counter.add(static_cast<std::uint64_t>(ticks));
  };
  count(counters_.off_processor, details.off_processor);
  count(counters_.held, details.held);
  count(counters_.unsplit, details.unsplit);
  count(counters_.more_steps, details.more_steps);
  counters_.longest_step.raise(static_cast<std::uint64_t>(details.longest_step));
  queue_.push(times);
}

PERF_TIMER_COLD void Shard::raise_longest_step(const RunTimes& times) noexcept {
  if (times.lost == LostReason::none)
    counters_.longest_step.raise(static_cast<std::uint64_t>(times.busy));
}

PERF_TIMER_COLD void Shard::end_slowly(RunTimes times) noexcept {
  if (times.partial)
    add_partial(times) ? counters_.partial.increment() : lose(LostReason::no_memory);
  else if (times.lost != LostReason::none)
    lose(times.lost);
  else if (queue_.has_room() || make_room())
    queue_.push(times);
  else
    lose(LostReason::no_memory);
}

/// Doesn't use the queue, whose samples have all series. Returns whether there was memory.
bool Shard::add_partial(const RunTimes& times) noexcept {
  const std::chrono::nanoseconds elapsed(times.elapsed);
  const DrainGate::Passage inside(gate_);
  try {
    const auto lock = lock_soon(states_);
    // Observers are given samples in the order of their ends.
    drain_into(states_, queue_, queue_.written());
    states_.states.series.back()->add({&elapsed, 1});
    ++states_.runs;
    states_.partial.add(times.lost, elapsed);
    ++states_.ever_partial;
    return true;
  } catch (...) {
    return false;
  }
}

bool Shard::make_room() noexcept {
  const DrainGate::Passage inside(gate_);
  try {
    drain();
    return queue_.has_room();
  } catch (...) {
    return queue_.has_room();  // a part may have been taken
  }
}

}  // namespace perf_timer::inline v0_1::detail
