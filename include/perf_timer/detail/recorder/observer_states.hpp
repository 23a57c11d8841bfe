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

/// Which series a timer keeps: a plain one only its elapsed time.
enum class SeriesKept : unsigned char { elapsed_only, all };

/// One observer's states for the series of a timer, null where a series isn't kept. They are made
/// without any lock, as `make_state` is the user's: it may use a timer, or take a lock of its own.
struct PERF_TIMER_EXPORT ObserverStates {
  std::array<std::unique_ptr<ObserverState>, 3> series;
  /// Of runs that executed all the time, busy is elapsed: both have one sample here. Null if there
  /// is but one series, or the observer can't merge. What is merged has none.
  std::unique_ptr<ObserverState> undivided;

  ObserverStates() = default;
  ObserverStates(const Observer& observer, SeriesKept kept);

  void merge(const ObserverStates& other);
};

/// The states, and the lock under which queues are emptied into them.
struct LockedStates {
  std::mutex mutex;
  ObserverStates states;
  std::uint64_t runs = 0;  ///< that the states have seen
};

}  // namespace perf_timer::inline v0_1::detail
