//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/export.hpp>
#include <perf_timer/detail/recorder/counters.hpp>
#include <perf_timer/detail/recorder/drain_gate.hpp>
#include <perf_timer/detail/recorder/observer_states.hpp>
#include <perf_timer/detail/recorder/sample_queue.hpp>
#include <perf_timer/detail/recorder/waiting_times.hpp>

#include <mutex>

namespace perf_timer::inline v0_1::detail {

/// One thread's part of a timer's record. One thread at a time writes; another may take over under
/// the recorder's lock. Any thread may drain it.
class PERF_TIMER_EXPORT alignas(64) Shard {
 public:
  /// The queue is drained into `states`, which other shards may share.
  Shard(DrainGate& gate, LockedStates& states) noexcept : gate_(gate), states_(states) {}

  Shard(const Shard&) = delete;
  Shard& operator=(const Shard&) = delete;

  /// Says that a run began. It ends with one of the calls below, on this shard or another.
  void begin() noexcept { counters_.begun.increment(); }

  /// Says that a run began which is a function: it waits since then until it starts, or is dropped.
  /// `ref` refers to its slot from now on, which may be of another shard when it starts.
  void submit(Ticks since, WaitingRef& ref) noexcept {
    counters_.submitted.increment();
    waiting_.add(since, ref);
  }
  void start(WaitingSlot& slot) noexcept {
    slot.clear();
    counters_.started.increment();
  }

  /// Says that a run ended: as a sample, partial, or lost. It doesn't touch the shard after its
  /// last store, because the run may have been the last thing that kept the record alive.
  void end(const RunTimes& times) noexcept {
    if (times.lost == LostReason::none && queue_.push_if_room(times)) [[likely]]
      return;
    end_slowly(times);
  }

  /// The same of a run of which it is known that it executed in one step.
  void end_in_one_step(const RunTimes& times) noexcept {
    if (times.busy > counters_.longest_step.ticks()) [[unlikely]]
      raise_longest_step(times);
    end(times);
  }
  /// The same of a run of which more is to be said.
  void end(const RunTimes& times, const RunDetails& details) noexcept;

  /// Returns whether it is the turn of one in so many.
  [[nodiscard]] bool is_turn(std::uint32_t every) noexcept {
    return every != 0 && turn_++ % every == 0;
  }

  void fail() noexcept { counters_.failed.increment(); }
  void drop(WaitingSlot& slot) noexcept {
    slot.clear();
    counters_.dropped.increment();
  }
  void cancel() noexcept { counters_.cancelled.increment(); }

  /// Return how many samples were ever recorded here, and everything else that was counted.
  [[nodiscard]] std::uint64_t samples() const noexcept { return queue_.written(); }
  [[nodiscard]] const Counters& counters() const noexcept { return counters_; }
  [[nodiscard]] const WaitingTimes& waiting() const noexcept { return waiting_; }
  void forget_longest_step() noexcept { counters_.longest_step.forget(); }

  /// Moves the waiting samples to the states. Throws what an observer throws; then no sample is
  /// lost.
  void drain();

  /// Reader: returns how many samples were recorded so far. They are what `drain_cut` drains. The
  /// gate must be shut from before the one until after the other.
  [[nodiscard]] std::uint64_t cut() noexcept { return cut_ = queue_.written(); }
  void drain_cut();

  /// Returns the states that the queue is drained into.
  [[nodiscard]] LockedStates& states() noexcept { return states_; }

 private:
  void raise_longest_step(const RunTimes& times) noexcept;
  void lose(LostReason reason) noexcept {
    counters_.lost[static_cast<std::size_t>(reason)].increment();
  }
  [[nodiscard]] bool add_partial(const RunTimes& times) noexcept;
  void end_slowly(RunTimes times) noexcept;  // by value, so that callers needn't keep it in memory
  [[nodiscard]] bool make_room() noexcept;

  Counters counters_;
  WaitingTimes waiting_;
  SampleQueue queue_;
  std::uint64_t cut_ = 0;
  std::uint32_t turn_ = 0;  // one thread's, as the counters
  DrainGate& gate_;
  LockedStates& states_;
};

}  // namespace perf_timer::inline v0_1::detail
