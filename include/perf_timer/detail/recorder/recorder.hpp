//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/export.hpp>
#include <perf_timer/detail/recorder/drain_gate.hpp>
#include <perf_timer/detail/recorder/exemplars.hpp>
#include <perf_timer/detail/recorder/failed_runs.hpp>
#include <perf_timer/detail/recorder/recorded.hpp>
#include <perf_timer/detail/recorder/run_times.hpp>
#include <perf_timer/detail/recorder/shard.hpp>
#include <perf_timer/timer_snapshot.hpp>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

namespace perf_timer::inline v0_1::detail {

/// Everything that a timer records. Each thread that uses the timer has a shard of its own.
/// Shards share the observer's states.
///
/// It outlives its timer while a run is under way, or something pins it; see `Recorder::retire`.
/// Thread safety: all members.
class PERF_TIMER_EXPORT Recorder {
 public:
  /// Throws what making the observer's state throws.
  [[nodiscard]] static Recorder& make(const Observer& observer, SeriesKept kept);

  Recorder(const Recorder&) = delete;
  Recorder& operator=(const Recorder&) = delete;

  /// Records that a run began. Exactly one of the next five calls must follow, from any thread.
  /// None of these functions is inlined, because a coroutine may call them on different threads.
  void begin() noexcept;
  void end(const RunTimes& times) noexcept;
  void end(const RunTimes& times, const RunDetails& details) noexcept;
  void end_in_one_step(const RunTimes& times) noexcept;
  void fail(const RunTimes& times) noexcept;  ///< an exception left the run
  void cancel() noexcept;                     ///< the program gave the run up, and it isn't counted

  /// Records that a run began which is a function: it waits to be executed. Exactly one of the next
  /// two must follow, with what `WaitingTimes::remove` returns of `ref`, and after `start` one of
  /// those that follow `begin`.
  void submit(Ticks since, WaitingRef& ref) noexcept;
  /// Returns whether its processor time is to be measured; see `samples_cpu`.
  bool start(WaitingSlot& slot) noexcept;
  void drop(WaitingSlot& slot) noexcept;  ///< it is destroyed without having run

  /// Records a run that was measured elsewhere.
  void record(const RunTimes& times) noexcept;

  /// Returns the shard of a timer that only one thread at a time uses.
  [[nodiscard]] Shard& only_shard() noexcept { return spare_; }
  /// Like `fail`, on the only shard.
  void fail_alone(RunTimes times) noexcept;

  /// Returns the record so far. Throws what the observer throws.
  [[nodiscard]] Recorded recorded() const;

  /// Returns states of the observer that have seen nothing, to merge others into.
  [[nodiscard]] ObserverStates fresh_states() const {
    return ObserverStates::to_merge_into(observer_, kept_);
  }
  [[nodiscard]] FailedStates fresh_failed_states() const { return {observer_, kept_}; }

  /// Returns a snapshot of the record so far, without a name.
  [[nodiscard]] TimerSnapshot snapshot() const { return recorded().snapshot(); }

  /// From now on, processor time is measured of one run in so many; 0: of none.
  void cpu_every(std::uint32_t runs) noexcept {
    switches_.fetch_and(enabled_bit, std::memory_order_relaxed);
    switches_.fetch_or(std::uint64_t{runs} << every_shift, std::memory_order_relaxed);
  }
  /// Returns whether the processor time of a run that begins now is to be measured.
  [[nodiscard]] bool samples_cpu() noexcept {
    if (!has_cpu_samples()) [[likely]]
      return false;
    return takes_cpu_sample();
  }
  [[nodiscard]] bool has_cpu_samples() const noexcept { return switches() > enabled_bit; }
  /// The same on the only shard.
  [[nodiscard]] bool samples_cpu_alone() noexcept {
    return has_cpu_samples() && spare_.is_turn(cpu_every());
  }
  /// Records it, beside the busy time of the same run.
  void add_cpu(Ticks busy, Ticks cpu) noexcept;
  /// Adds a labelled run, which is a sample and ends next. Takes over its labels.
  void add_exemplar(RunLabels* labels, Ticks elapsed) noexcept { exemplars_.add(labels, elapsed); }
  [[nodiscard]] FailedStates fresh_cpu_states() const { return {observer_, SeriesKept::all}; }

  /// From now on, the timer's kind is `executor`.
  void wraps_executors() noexcept {
    // Written only once, because hot paths read what is beside it.
    if (!wraps_executors_.load(std::memory_order_relaxed))
      wraps_executors_.store(true, std::memory_order_relaxed);
  }

  /// Forgets every run that has ended.
  void reset();

  /// Returns whether runs that begin now are measured. The code that begins a run must ask.
  [[nodiscard]] bool enabled() const noexcept { return (switches() & enabled_bit) != 0; }
  void enabled(bool enabled) noexcept {
    if (enabled)
      switches_.fetch_or(enabled_bit, std::memory_order_relaxed);
    else
      switches_.fetch_and(~enabled_bit, std::memory_order_relaxed);
  }
  /// Returns whether they are, and have no processor time measured.
  [[nodiscard]] bool is_plainly_enabled() const noexcept { return switches() == enabled_bit; }

  /// Keeps the recorder alive for something that may begin runs after the timer is gone.
  void pin() noexcept { pins_.fetch_add(1, std::memory_order_relaxed); }
  void unpin() noexcept { pins_.fetch_sub(1, std::memory_order_release); }

  /// Says that the timer is gone. The recorder is freed once nothing is under way: by this call, or
  /// by a later `make` or `retire` of any recorder. The thread that ends the last run can't free
  /// it, because it must not touch the recorder afterwards.
  void retire() noexcept;
  /// Returns whether the timer is gone.
  [[nodiscard]] bool retired() const noexcept { return retired_.load(std::memory_order_relaxed); }

  /// Counts a step that a watch told of, if it `is_new`, and that it has lasted so long.
  void stalled(std::chrono::nanoseconds lasted, bool is_new) noexcept;
  /// Returns how many functions wait; nothing if somebody holds the record at the moment. Never
  /// waits for another thread.
  [[nodiscard]] std::optional<std::uint64_t> waiting_now() const noexcept;
  /// Returns how long the oldest function that waits has waited, by the clock that `submit` was
  /// told times of. Nothing if none waits, or if that can't be told.
  [[nodiscard]] std::optional<Ticks> oldest_waiting(Ticks (*now)() noexcept) const;

  /// Returns how many runs are under way; never too few.
  [[nodiscard]] std::uint64_t under_way() const noexcept;

  /// Identifies the recorder. A serial is never reused.
  [[nodiscard]] std::uint64_t serial() const noexcept { return serial_; }

 private:
  friend class RecorderTable;
  friend class ThreadShards;

  Recorder(const Observer& observer, SeriesKept kept);
  ~Recorder() = default;

  template <class Action>
  void with_shard(const Action& action) noexcept;
  template <class Action>
  void with_shard_slowly(Action action) noexcept;
  [[nodiscard]] bool takes_cpu_sample() noexcept;
  [[nodiscard]] std::uint64_t switches() const noexcept {
    return switches_.load(std::memory_order_relaxed);
  }
  [[nodiscard]] std::uint32_t cpu_every() const noexcept {
    return static_cast<std::uint32_t>(switches() >> every_shift);
  }
  [[nodiscard]] Shard& adopt_shard();
  [[nodiscard]] bool lacks_states() const noexcept;
  [[nodiscard]] Shard* take_idle_shard() noexcept;
  void give_back(Shard& shard) noexcept;
  [[nodiscard]] bool over() const noexcept;
  // `RecorderTable` calls these around a fork.
  [[nodiscard]] bool try_lock_all() noexcept;
  [[nodiscard]] bool try_lock_states() noexcept;
  void unlock_all() noexcept;
  void adopt_orphans() noexcept;
  template <class Action>
  void for_each_shard(Action action) const {
    action(spare_);
    for (const auto& shard : shards_) action(*shard);
  }
  [[nodiscard]] CounterValues counters() const noexcept;
  [[nodiscard]] CounterValues cut() const noexcept;
  [[nodiscard]] CounterValues cut_shard_by_shard() const noexcept;
  void read_states(Recorded& to) const;

  const Observer observer_;
  const SeriesKept kept_;
  std::uint32_t index_ = 0;  // place in the table; reused when the recorder is freed
  std::uint64_t serial_ = 0;
  std::atomic<bool> wraps_executors_{false};
  /// One word, so that a run that begins looks at one. Relaxed: what the program begins after it
  /// has switched comes after that, and on other threads either is right.
  static constexpr std::uint64_t enabled_bit = 1;
  static constexpr int every_shift = 32;
  std::atomic<std::uint64_t> switches_{enabled_bit};
  std::atomic<std::int64_t> pins_{0};  // raised relaxed, by whoever has the timer or a pin
  std::atomic<bool> retired_{false};   // relaxed: it says all by itself
  Recorder* next_over_ = nullptr;      // used by the table

  mutable std::mutex mutex_;  // guards the members below; locked before those of states
  /// Into which shards are drained: few, so that their memory doesn't grow with the threads; and
  /// more than one, so that threads seldom meet there.
  std::vector<std::unique_ptr<LockedStates>> states_;
  const bool mergeable_;
  std::vector<std::unique_ptr<Shard>> shards_;
  std::vector<Shard*> idle_;  // shards of threads that have ended
  // Relaxed: nothing else is read by them.
  std::atomic<std::uint64_t> stalls_{0};
  std::atomic<std::int64_t> longest_stall_{0};
  CounterValues base_;  // what was counted before the last `reset`
  std::uint64_t resets_ = 0;

  Exemplars exemplars_;  // read under `mutex_`
  FailedRuns failed_;
  FailedRuns cpu_;          // locked after `failed_`
  mutable DrainGate gate_;  // shut before `failed_` is locked

  mutable std::mutex spare_mutex_;
  mutable Shard spare_;  // for threads that can't have one of their own
};

/// Owns a recorder on behalf of a timer.
struct RetireRecorder {
  void operator()(Recorder* recorder) const noexcept { recorder->retire(); }
};
using RecorderOwner = std::unique_ptr<Recorder, RetireRecorder>;

/// Keeps a recorder pinned. Each copy pins it as well.
class RecorderPin {
 public:
  RecorderPin() noexcept = default;
  explicit RecorderPin(Recorder& recorder) noexcept : recorder_(&recorder) { recorder.pin(); }
  RecorderPin(const RecorderPin& other) noexcept : recorder_(other.recorder_) {
    if (recorder_) recorder_->pin();
  }
  RecorderPin(RecorderPin&& other) noexcept : recorder_(std::exchange(other.recorder_, nullptr)) {}
  RecorderPin& operator=(RecorderPin other) noexcept {
    std::swap(recorder_, other.recorder_);
    return *this;
  }
  ~RecorderPin() {
    if (recorder_) recorder_->unpin();
  }

  [[nodiscard]] Recorder* get() const noexcept { return recorder_; }

 private:
  Recorder* recorder_ = nullptr;
};

}  // namespace perf_timer::inline v0_1::detail
