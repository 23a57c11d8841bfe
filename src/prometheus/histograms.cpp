//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "histograms.hpp"

#include <perf_timer/detail/prometheus/cumulative_counts.hpp>

#include <algorithm>
#include <cstddef>
#include <limits>

namespace perf_timer::inline v0_1::detail {

Histograms::Histograms(const PrometheusOptions& options) : options_(options) {
  for (const double bound : options.buckets) bounds_.push_back(whole_nanoseconds(bound));
}

std::vector<std::uint64_t> Histograms::counts(const DurationSummary& series,
                                              std::uint64_t count) const {
  // A series without samples begins with a zero, or `rate` would miss its first one.
  if (count != 0 && series.buckets.empty()) return {};
  auto counts = cumulative_counts(series.buckets, bounds_);
  for (std::uint64_t& one : counts) one = std::min(one, count);
  return counts;
}

prometheus::ClientMetric::Histogram Histograms::of(const DurationSummary& series,
                                                   std::uint64_t count) const {
  prometheus::ClientMetric::Histogram histogram;
  histogram.sample_count = count;
  histogram.sample_sum = std::chrono::duration<double>(series.total).count();
  histogram.bucket.reserve(bounds_.size() + 1);
  const auto counts = this->counts(series, count);
  for (std::size_t i = 0; i < counts.size(); ++i)
    histogram.bucket.push_back({counts[i], options_.buckets[i]});
  histogram.bucket.push_back({count, std::numeric_limits<double>::infinity()});
  return histogram;
}

}  // namespace perf_timer::inline v0_1::detail
