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

/// Converts a positive bound in seconds to whole nanoseconds, rounded down. More than 292 years
/// become 292 years.
[[nodiscard]] std::chrono::nanoseconds whole_nanoseconds(double seconds) noexcept;

/// Returns, for each of the ascending `bounds`, how many samples aren't longer.
///
/// A bucket of the distribution can lie across a bound. It is then cut in proportion, as if its
/// samples were spread evenly. `histogram_quantile` assumes the same, and on average neither side
/// gets more than its due. The count at a bound lies between the true counts at the ends of that
/// bucket, which are at most 0.8 % from the bound. Counts never fall, neither from one bound to the
/// next nor while the distribution grows.
[[nodiscard]] std::vector<std::uint64_t> cumulative_counts(
    std::span<const DurationBucket> distribution, std::span<const std::chrono::nanoseconds> bounds);

}  // namespace perf_timer::inline v0_1::detail
