//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/statistics/merge_summaries.hpp>

#include <perf_timer/accumulators/nearest_rank.hpp>
#include <perf_timer/detail/statistics/saturating_add.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace perf_timer::inline v0_1::detail {
namespace {

using std::chrono::nanoseconds;

/// The mean of durations that aren't negative, rounded to the nearest.
nanoseconds mean_of(nanoseconds total, std::uint64_t count) noexcept {
  const auto sum = static_cast<std::uint64_t>(total.count());
  const std::uint64_t rest = sum % count;
  const std::uint64_t up = rest >= count - rest ? 1 : 0;
  return nanoseconds(static_cast<nanoseconds::rep>(sum / count + up));
}

/// See `accumulators::LogLinearHistogram::quantile`.
nanoseconds quantile_of(const DurationSummary& summary, double probability) {
  std::uint64_t count = 0;
  for (const DurationBucket& bucket : summary.buckets) count = saturating_add(count, bucket.count);
  const std::uint64_t rank = accumulators::nearest_rank(probability, count);
  if (rank <= 1) return summary.min;
  if (rank == count) return summary.max;
  std::uint64_t seen = 0;
  for (const DurationBucket& bucket : summary.buckets) {
    seen = saturating_add(seen, bucket.count);
    if (seen >= rank)
      return std::min(std::max(bucket.first + (bucket.last - bucket.first) / 2, summary.min),
                      summary.max);
  }
  return summary.max;
}

std::vector<double> probabilities_of(const DurationSummary& a, const DurationSummary& b) {
  std::vector<double> all;
  for (const DurationSummary* const summary : {&a, &b})
    for (const Quantile& quantile : summary->quantiles) all.push_back(quantile.probability);
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

}  // namespace

nanoseconds add_times(nanoseconds a, nanoseconds b) noexcept {
  const bool overflows = b > nanoseconds::zero() && a > nanoseconds::max() - b;
  return overflows ? nanoseconds::max() : a + b;
}

std::vector<DurationBucket> merged(std::vector<DurationBucket> buckets,
                                   const std::vector<DurationBucket>& more) {
  buckets.insert(buckets.end(), more.begin(), more.end());
  std::sort(buckets.begin(), buckets.end(), [](const auto& a, const auto& b) {
    return std::pair(a.first, a.last) < std::pair(b.first, b.last);
  });
  std::size_t kept = 0;
  for (const DurationBucket& bucket : buckets) {
    const bool again = kept != 0 && buckets[kept - 1].first == bucket.first &&
                       buckets[kept - 1].last == bucket.last;
    if (again)
      buckets[kept - 1].count = saturating_add(buckets[kept - 1].count, bucket.count);
    else
      buckets[kept++] = bucket;
  }
  buckets.resize(kept);
  return buckets;
}

void merge(DurationSummary& to, const DurationSummary& from) {
  if (from.count == 0) return;
  if (to.count == 0) {
    to = from;
    return;
  }
  const std::vector<double> probabilities = probabilities_of(to, from);
  to.count = saturating_add(to.count, from.count);
  to.total = add_times(to.total, from.total);
  to.mean = mean_of(to.total, to.count);
  to.stddev = {};
  to.has_stddev = false;
  to.has_extremes = to.has_extremes && from.has_extremes;
  to.min = to.has_extremes ? std::min(to.min, from.min) : nanoseconds::zero();
  to.max = to.has_extremes ? std::max(to.max, from.max) : nanoseconds::zero();
  to.quantiles.clear();
  if (to.buckets.empty() || from.buckets.empty()) {
    to.buckets.clear();
    return;
  }
  to.buckets = merged(std::move(to.buckets), from.buckets);
  if (!to.has_extremes) return;
  for (const double probability : probabilities)
    to.quantiles.push_back({probability, quantile_of(to, probability)});
}

}  // namespace perf_timer::inline v0_1::detail
