//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/prometheus/series_name.hpp>
#include <perf_timer/detail/report/registry.hpp>
#include <perf_timer/timer_snapshot.hpp>

#include <cstdint>
#include <map>
#include <unordered_map>
#include <vector>

namespace perf_timer::inline v0_1::detail {

/// Remembers what destroyed timers had counted, while other timers of the same name live.
///
/// Timers of one name are one series. Suppose that one of them is destroyed or reset, and its
/// counts leave the sum. Prometheus then sees the sum fall, takes that for a restart, and counts
/// all of the others a second time. So its counts stay in the sum while any timer lives that was in
/// the sum. What a timer counts between the last look and its end is missing.
///
/// Memory: a copy of the snapshots of timers that share a name. Thread safety: distinct objects
/// safe.
class DepartedTimers {
 public:
  /// Returns the snapshots, and one more for each name that has departed timers. If it throws, this
  /// object is unchanged.
  [[nodiscard]] std::vector<TimerSnapshot> complete(std::vector<IdentifiedSnapshot> live);

 private:
  struct Name {
    std::unordered_map<std::uint64_t, TimerSnapshot> seen;  // by serial, at the last look
    TimerSnapshot departed;
  };
  using Names = std::map<SeriesName, Name>;

  Names names_;  // only names with several timers or with departed ones
};

}  // namespace perf_timer::inline v0_1::detail
