//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/duration_summary.hpp>

#include <chrono>
#include <cstdint>
#include <span>
#include <vector>

namespace perf_timer::inline v0_1::detail {

/// A bound in seconds, which is positive, as the greatest whole number of nanoseconds that isn't
/// above it. A bound of more than 292 years is 292 years.
[[nodiscard]] std::chrono::nanoseconds whole_nanoseconds(double seconds) noexcept;

/// How many samples weren't longer than each of `bounds`, which ascend.
///
/// A bucket of the distribution that lies across a bound is cut in the proportion of its parts, as
/// if its samples were spread evenly: that is what `histogram_quantile` assumes as well, and lets
/// neither side have more than its due on average. What is told of a bound lies between what is
/// true of the ends of that bucket, which are at most 0.8 % from it. Counts never fall, neither
/// from one bound to the next nor while the distribution grows.
[[nodiscard]] std::vector<std::uint64_t> cumulative_counts(
    std::span<const DurationBucket> distribution, std::span<const std::chrono::nanoseconds> bounds);

}  // namespace perf_timer::inline v0_1::detail
