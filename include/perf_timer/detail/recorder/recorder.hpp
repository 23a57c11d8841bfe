//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/export.hpp>
#include <perf_timer/detail/recorder/recorded.hpp>
#include <perf_timer/detail/recorder/run_times.hpp>
#include <perf_timer/detail/recorder/shard.hpp>
#include <perf_timer/timer_snapshot.hpp>

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

namespace perf_timer::inline v0_1::detail {

/// All that a timer records, in shards: one for each thread that uses the timer.
///
/// It outlives its timer for as long as something that was begun isn't over, or something is
/// pinned to it; see `Recorder::retire`. Thread safety: all members.
class PERF_TIMER_EXPORT Recorder {
 public:
  /// Throws what making the observer's state throws.
  [[nodiscard]] static Recorder& make(const Observer& observer, SeriesKept kept);

  Recorder(const Recorder&) = delete;
  Recorder& operator=(const Recorder&) = delete;

  /// A run began; exactly one of the next three must follow, from any thread. None of these
  /// functions is inlined: a coroutine calls them on one thread and then another.
  void begin() noexcept;
  void end(const RunTimes& times) noexcept;
  void fail() noexcept;
  void cancel() noexcept;  ///< the run was dropped by the program, and isn't counted

  /// What nobody said the beginning of: by someone who has the recorder pinned.
  void record(const RunTimes& times) noexcept;
  void record_failed() noexcept;
  void record_dropped() noexcept;  ///< a function was destroyed without having run

  /// The shard of a timer that only one thread at a time uses.
  [[nodiscard]] Shard& only_shard() noexcept { return spare_; }

  /// The record so far. Throws what the observer throws.
  [[nodiscard]] Recorded recorded() const;

  /// States of its observer that have seen nothing.
  [[nodiscard]] ObserverStates fresh_states() const { return {observer_, kept_}; }

  /// The record so far, without a name.
  [[nodiscard]] TimerSnapshot snapshot() const { return recorded().snapshot(); }

  /// From now on the timer is one of executors.
  void wraps_executors() noexcept {
    // Written once, for hot paths read what is beside it.
    if (!wraps_executors_.load(std::memory_order_relaxed))
      wraps_executors_.store(true, std::memory_order_relaxed);
  }

  /// Forgets every run that has ended.
  void reset();

  /// Whether runs that begin now are to be measured. The rest is for whoever begins them.
  [[nodiscard]] bool enabled() const noexcept { return enabled_.load(std::memory_order_relaxed); }
  void enabled(bool enabled) noexcept { enabled_.store(enabled, std::memory_order_relaxed); }

  /// Keeps the recorder alive for something that may begin runs after the timer has gone.
  void pin() noexcept { pins_.fetch_add(1, std::memory_order_relaxed); }
  void unpin() noexcept { pins_.fetch_sub(1, std::memory_order_release); }

  /// Says that the timer has gone. The recorder is freed once all is over, by this call or by one
  /// of the next `make` or `retire` of any recorder: those who end a run must not look back at it.
  void retire() noexcept;

  /// How many things are under way; never too few.
  [[nodiscard]] std::uint64_t under_way() const noexcept;

  /// Identifies the recorder among all there ever were.
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
  [[nodiscard]] Shard& adopt_shard();
  [[nodiscard]] Shard* take_idle_shard() noexcept;
  void give_back(Shard& shard) noexcept;
  [[nodiscard]] bool over() const noexcept;
  // The table's, around a fork.
  [[nodiscard]] bool try_lock_all() noexcept;
  void unlock_all() noexcept;
  void adopt_orphans() noexcept;
  template <class Action>
  void for_each_states(Action action);
  template <class Action>
  void for_each_shard(Action action) const;
  [[nodiscard]] CounterValues counters() const noexcept;

  const Observer observer_;
  const SeriesKept kept_;
  std::uint32_t index_ = 0;  // place in the table; used again when the recorder is freed
  std::uint64_t serial_ = 0;
  std::atomic<bool> enabled_{true};
  std::atomic<bool> wraps_executors_{false};
  std::atomic<std::int64_t> pins_{0};
  Recorder* next_over_ = nullptr;  // the table's

  mutable std::mutex mutex_;     // the members below; before a shard's lock
  mutable LockedStates common_;  // used if the observer can't merge
  bool mergeable_ = false;
  std::vector<std::unique_ptr<Shard>> shards_;
  std::vector<Shard*> idle_;  // shards of threads that have ended
  CounterValues base_;        // what `reset` forgot
  std::uint64_t resets_ = 0;

  mutable std::mutex spare_mutex_;
  mutable Shard spare_;  // for those who can't have one of their own
};

/// Owns a recorder on behalf of a timer.
struct RetireRecorder {
  void operator()(Recorder* recorder) const noexcept { recorder->retire(); }
};
using RecorderOwner = std::unique_ptr<Recorder, RetireRecorder>;

/// A pin that is a value.
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
