//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/export.hpp>
#include <perf_timer/observer.hpp>

#include <array>
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

  void merge(const ObserverStates& other);
};

/// The states, and the lock under which queues are drained into them.
struct LockedStates {
  std::mutex mutex;
  ObserverStates states;
  std::uint64_t runs = 0;  ///< how many the states have seen
};

}  // namespace perf_timer::inline v0_1::detail
