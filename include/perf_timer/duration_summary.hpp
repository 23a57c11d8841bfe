//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <vector>

namespace perf_timer::inline v0_1 {

/// One percentile: `probability` of the samples were no longer than `value`. A plain value.
struct Quantile {
  double probability = 0;            ///< From 0 to 1: 0.99 is the 99th percentile.
  std::chrono::nanoseconds value{};  ///< The duration.

  /// Whether all members are equal.
  bool operator==(const Quantile& other) const noexcept {
    return std::is_eq(probability <=> other.probability) && value == other.value;
  }
};

/// How many samples were neither shorter than `first` nor longer than `last`. A plain value.
struct DurationBucket {
  std::chrono::nanoseconds first{};  ///< The shortest duration that falls into the bucket.
  std::chrono::nanoseconds last{};   ///< The longest duration that falls into the bucket.
  std::uint64_t count = 0;           ///< The number of samples in it.

  /// Whether all members are equal.
  bool operator==(const DurationBucket&) const = default;
};

/// What an observer has computed from one series of durations. A plain value, which
/// `ObserverState::summary` makes. Without samples, all numbers are zero.
struct DurationSummary {
  std::uint64_t count = 0;            ///< The number of samples.
  std::chrono::nanoseconds total{};   ///< Their sum. If it is more than 292 years, 292 years.
  std::chrono::nanoseconds mean{};    ///< `total / count`, rounded to the nearest.
  std::chrono::nanoseconds stddev{};  ///< The standard deviation of the population.
  std::chrono::nanoseconds min{};     ///< The shortest sample.
  std::chrono::nanoseconds max{};     ///< The longest sample.
  /// The estimated quantiles, ascending. Empty if there are no samples, or if the observer
  /// estimates none.
  std::vector<Quantile> quantiles{};
  bool has_stddev = false;   ///< Whether the observer computes `stddev`. If not, that is zero.
  bool has_extremes = true;  ///< Whether `min` and `max` are known. If not, they are zero.
  /// The distribution, if the observer keeps it: ascending buckets that don't overlap and aren't
  /// empty. Each is at most 0.8 % wide. Their counts add up to `count`.
  std::vector<DurationBucket> buckets{};

  /// Whether all members are equal.
  bool operator==(const DurationSummary&) const = default;
};

}  // namespace perf_timer::inline v0_1
