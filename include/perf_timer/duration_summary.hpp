//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <chrono>
#include <cstdint>
#include <vector>

namespace perf_timer::inline v0_1 {

/// One percentile: `probability` of the samples were no longer than `value`.
struct Quantile {
  double probability = 0;
  std::chrono::nanoseconds value{};

  bool operator==(const Quantile&) const = default;
};

/// How many samples were neither shorter than `first` nor longer than `last`.
struct DurationBucket {
  std::chrono::nanoseconds first{}, last{};
  std::uint64_t count = 0;

  bool operator==(const DurationBucket&) const = default;
};

/// What an observer has to say about one series of durations; a plain value.
struct DurationSummary {
  std::uint64_t count = 0;
  std::chrono::nanoseconds total{}, mean{}, stddev{}, min{}, max{};
  std::vector<Quantile> quantiles{};  ///< ascending; empty if none are estimated, or of no samples
  bool has_stddev = false;            ///< whether the observer computes `stddev`; else it is zero
  bool has_extremes = true;           ///< whether `min` and `max` are known; else they are zero
  /// The distribution, where the observer keeps it: ascending, apart from each other, only those
  /// that aren't empty, and no wider than 0.8 %. They add up to `count`.
  std::vector<DurationBucket> buckets{};

  bool operator==(const DurationSummary&) const = default;
};

}  // namespace perf_timer::inline v0_1
