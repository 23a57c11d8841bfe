//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/duration_summary.hpp>
#include <perf_timer/prometheus_options.hpp>

#include <prometheus/client_metric.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace perf_timer::inline v0_1::detail {

/// Makes histograms in seconds with the bounds of the options, which must outlive it.
class Histograms {
 public:
  explicit Histograms(const PrometheusOptions& options);

  /// Returns how many samples of a series of `count` aren't longer than each bound. Empty without a
  /// distribution.
  [[nodiscard]] std::vector<std::uint64_t> counts(const DurationSummary& series,
                                                  std::uint64_t count) const;
  /// Returns in which bucket a duration is: the place of its bound, or their number.
  [[nodiscard]] std::size_t bucket_of(std::chrono::nanoseconds duration) const noexcept {
    return static_cast<std::size_t>(std::ranges::lower_bound(bounds_, duration) - bounds_.begin());
  }
  /// Returns the histogram of a series of `count` samples. Without a distribution it has a single
  /// bucket, to infinity.
  [[nodiscard]] prometheus::ClientMetric::Histogram of(const DurationSummary& series,
                                                       std::uint64_t count) const;

 private:
  const PrometheusOptions& options_;
  std::vector<std::chrono::nanoseconds> bounds_;
};

}  // namespace perf_timer::inline v0_1::detail
