//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/report/registry.hpp>
#include <perf_timer/timer_snapshot.hpp>

#include <cstdint>
#include <map>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace perf_timer::inline v0_1::detail {

/// Remembers what destroyed timers had counted, for names that live on.
///
/// Timers of one name are one series. If one of them went, or was reset, and took what it had out
/// of the sum, Prometheus would see the sum fall, take that for a restart, and count all that the
/// others have a second time. So it stays in the sum for as long as one of those lives that were in
/// it. What a timer counts after it was last looked at, and before it goes, is missing.
///
/// Memory: a copy of the snapshots of timers that share a name. Thread safety: distinct objects.
class DepartedTimers {
 public:
  /// The snapshots, and one more for each name that has departed timers. If it throws, this is as
  /// if it hadn't looked.
  [[nodiscard]] std::vector<TimerSnapshot> complete(std::vector<IdentifiedSnapshot> live);

 private:
  struct Name {
    std::unordered_map<std::uint64_t, TimerSnapshot> seen;  // by serial, at the last look
    TimerSnapshot departed;
  };
  using Key = std::pair<std::string, TimerKind>;
  using Names = std::map<Key, Name>;

  Names names_;  // only those of several timers, or with departed ones
};

}  // namespace perf_timer::inline v0_1::detail
