//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/export.hpp>
#include <perf_timer/detail/recorder/lost_reason.hpp>
#include <perf_timer/observer.hpp>

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>

namespace perf_timer::inline v0_1::detail {

/// The series that a timer keeps. A plain timer keeps only elapsed time.
enum class SeriesKept : unsigned char { elapsed_only, all };

/// One observer's states for the series of a timer; null for a series that isn't kept. They are
/// made without any lock, because `make_state` is the user's: it may use a timer, or take a lock.
struct PERF_TIMER_EXPORT ObserverStates {
  std::array<std::unique_ptr<ObserverState>, 3> series;
  /// If a run executed all the time, its busy and elapsed times are equal. This state then takes
  /// one sample for both. It is null if only one series is kept, or if the observer can't merge.
  /// `merge` adds it to both series.
  std::unique_ptr<ObserverState> undivided;

  ObserverStates() = default;
  ObserverStates(const Observer& observer, SeriesKept kept);
  /// Returns states that others are merged into, and that take no samples.
  [[nodiscard]] static ObserverStates to_merge_into(const Observer& observer, SeriesKept kept);

  void merge(const ObserverStates& other);
};

/// What is counted of partial runs. Their elapsed times are in the series of all runs.
struct PartialRuns {
  std::array<std::uint64_t, lost_reason_count> counts{};  ///< by reason
  std::chrono::nanoseconds elapsed{};  ///< their total; if it is more than 292 years, 292 years

  void add(LostReason reason, std::chrono::nanoseconds run) noexcept;
  void add(const PartialRuns& other) noexcept;
  void subtract(const PartialRuns& earlier) noexcept;
};

/// States, and the lock under which the queues of one or several shards are drained into them.
struct LockedStates {
  LockedStates() = default;
  LockedStates(const Observer& observer, SeriesKept kept) : states(observer, kept) {}

  std::mutex mutex;
  ObserverStates states;
  std::uint64_t runs = 0;          ///< how many the states have seen
  PartialRuns partial;             ///< of these
  std::uint64_t ever_partial = 0;  ///< the same, and before a reset
};

/// The times of failed runs. `busy` is null for a timer that keeps only elapsed time.
struct FailedStates {
  std::unique_ptr<ObserverState> elapsed, busy;

  FailedStates() = default;
  FailedStates(const Observer& observer, SeriesKept kept);

  explicit operator bool() const noexcept { return elapsed != nullptr; }
};

/// What was recorded of such runs.
struct RareSeries {
  std::uint64_t runs = 0;
  FailedStates states;                ///< if there are runs, and the observer can merge
  DurationSummary elapsed{}, busy{};  ///< otherwise, as there is only one state
};

}  // namespace perf_timer::inline v0_1::detail
