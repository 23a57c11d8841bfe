//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <chrono>
#include <cstdint>
#include <vector>

namespace perf_timer {

/// One percentile: `probability` of the samples were no longer than `value`.
struct Quantile {
  double probability = 0;
  std::chrono::nanoseconds value{};

  bool operator==(const Quantile&) const = default;
};

/// What an observer has to say about one series of durations; a plain value.
struct DurationSummary {
  std::uint64_t count = 0;
  std::chrono::nanoseconds total{}, mean{}, stddev{}, min{}, max{};
  std::vector<Quantile> quantiles{};  ///< ascending; empty if none are estimated, or of no samples
  bool has_stddev = false;            ///< whether the observer computes `stddev`; else it is zero

  bool operator==(const DurationSummary&) const = default;
};

}  // namespace perf_timer
