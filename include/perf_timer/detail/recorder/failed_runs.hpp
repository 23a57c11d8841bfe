//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/export.hpp>
#include <perf_timer/detail/recorder/observer_states.hpp>
#include <perf_timer/detail/recorder/run_times.hpp>

#include <cstdint>
#include <mutex>

namespace perf_timer::inline v0_1::detail {

/// Runs of a timer that are rare: those that exceptions left, and those whose processor time was
/// measured. All threads share it, because throwing, or reading that time, costs more than its
/// lock. Its states are made with the first run, and without the lock; see `ObserverStates`.
class PERF_TIMER_EXPORT FailedRuns {
 public:
  FailedRuns(const Observer& observer, SeriesKept kept) noexcept
      : observer_(observer), kept_(kept) {}

  /// Counts a run, whatever the observer does, and adds its times as far as they are known.
  void add(const RunTimes& times) noexcept;

  /// Makes the states of `to` that `read` needs if the observer is `mergeable`. `lock` is what
  /// guards the recorder; it is released while the observer makes states. Throws what the observer
  /// throws.
  void prepare(RareSeries& to, bool mergeable, std::unique_lock<std::mutex>& lock) const;

  /// Returns a lock under which no run fails. If a run has failed since `prepare`, it returns none.
  [[nodiscard]] std::unique_lock<std::mutex> hold(const RareSeries& to, bool mergeable) const;

  /// Copies everything to `to`. Requires the lock.
  void read(RareSeries& to, bool mergeable) const;

  /// Returns how many runs ever failed, whatever was reset. Requires the lock.
  [[nodiscard]] std::uint64_t ever() const noexcept { return before_reset_ + runs_; }

  /// Forgets everything, and returns the states that it had.
  [[nodiscard]] FailedStates reset() noexcept;

  // Around a fork.
  [[nodiscard]] bool try_lock() noexcept { return mutex_.try_lock(); }
  void unlock() noexcept { mutex_.unlock(); }

 private:
  const Observer& observer_;
  const SeriesKept kept_;
  mutable std::mutex mutex_;  // locked after the recorder's
  FailedStates states_;
  std::uint64_t runs_ = 0;
  std::uint64_t before_reset_ = 0;
};

}  // namespace perf_timer::inline v0_1::detail
