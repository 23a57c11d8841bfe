//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/report/labels.hpp>
#include <perf_timer/detail/report/utf8.hpp>
#include <perf_timer/timer_snapshot.hpp>

#include <compare>
#include <string>
#include <vector>

namespace perf_timer::inline v0_1::detail {

/// What tells the series of timers apart, as UTF-8. Timers for which it is the same are one.
struct SeriesName {
  std::string name;
  TimerKind kind;
  Labels labels;

  explicit SeriesName(const TimerSnapshot& timer)
      : name(valid_utf8(timer.name)), kind(timer.kind), labels(timer.labels) {
    for (auto& [label, value] : labels) value = valid_utf8(value);
    // To Prometheus, a label that is empty isn't there.
    std::erase_if(labels, [](const auto& label) { return label.second.empty(); });
  }

  /// Returns a snapshot of such a timer that has counted nothing.
  [[nodiscard]] TimerSnapshot nothing_counted() const {
    TimerSnapshot snapshot;
    snapshot.name = name;
    snapshot.kind = kind;
    snapshot.labels = labels;
    return snapshot;
  }

  auto operator<=>(const SeriesName&) const = default;
};

}  // namespace perf_timer::inline v0_1::detail
