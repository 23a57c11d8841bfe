//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/prometheus/cumulative_counts.hpp>

#include <perf_timer/detail/statistics/saturating_add.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <iterator>

namespace perf_timer::inline v0_1::detail {
namespace {

using std::chrono::nanoseconds;

/// Estimates how many of a bucket's samples aren't longer than `bound`, which is inside the bucket.
/// Monotone in the bound and in the count.
std::uint64_t part(const DurationBucket& bucket, nanoseconds bound) noexcept {
  const auto number = [](nanoseconds time) { return static_cast<double>(time.count()); };
  const double width = number(bucket.last) - number(bucket.first) + 1;
  const double below = number(bound) - number(bucket.first) + 1;
  const double share = std::round(static_cast<double>(bucket.count) * (below / width));
  // A `double` can't tell all counts apart, so rounding could give more than the count.
  return share < 0x1p64 ? std::min(static_cast<std::uint64_t>(share), bucket.count) : bucket.count;
}

}  // namespace

nanoseconds whole_nanoseconds(double seconds) noexcept {
  const double number = seconds * 1e9;
  if (number >= 0x1p63) return nanoseconds::max();
  // 2e-6 s must be 2000 ns exactly, in spite of rounding.
  const double nearest = std::round(number);
  const bool whole = std::abs(number - nearest) <= number * 1e-12 && nearest < 0x1p63;
  return nanoseconds(static_cast<nanoseconds::rep>(whole ? nearest : std::floor(number)));
}

std::vector<std::uint64_t> cumulative_counts(std::span<const DurationBucket> distribution,
                                             std::span<const nanoseconds> bounds) {
  std::vector<std::uint64_t> counts(bounds.size());  // first the buckets between two bounds,
  std::vector<std::uint64_t> parts(bounds.size());   // and the buckets across one
  auto next = bounds.begin();  // the first bound that isn't below the bucket; buckets mostly ascend
  for (const DurationBucket& bucket : distribution) {
    if (next != bounds.begin() && *std::prev(next) >= bucket.first) next = bounds.begin();
    while (next != bounds.end() && *next < bucket.first) ++next;
    auto bound = next;
    for (; bound != bounds.end() && *bound < bucket.last; ++bound) {
      std::uint64_t& across = parts[static_cast<std::size_t>(bound - bounds.begin())];
      across = saturating_add(across, part(bucket, *bound));
    }
    if (bound == bounds.end()) continue;
    std::uint64_t& within = counts[static_cast<std::size_t>(bound - bounds.begin())];
    within = saturating_add(within, bucket.count);
  }
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    sum = saturating_add(sum, counts[i]);
    counts[i] = saturating_add(sum, parts[i]);
  }
  return counts;
}

}  // namespace perf_timer::inline v0_1::detail
