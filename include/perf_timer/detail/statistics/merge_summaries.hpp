//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/export.hpp>
#include <perf_timer/duration_summary.hpp>

#include <chrono>
#include <vector>

/// Several series of durations as if they were one.
namespace perf_timer::inline v0_1::detail {

/// Returns the sum. If it is more than 292 years, 292 years.
[[nodiscard]] PERF_TIMER_EXPORT std::chrono::nanoseconds add_times(
    std::chrono::nanoseconds a, std::chrono::nanoseconds b) noexcept;

/// Returns the buckets of both distributions, ascending. Throws `std::bad_alloc`.
[[nodiscard]] PERF_TIMER_EXPORT std::vector<DurationBucket> merged(
    std::vector<DurationBucket> buckets, const std::vector<DurationBucket>& more);

/// Adds the samples of `from` to `to`. Quantiles are those that a `HistogramObserver` would have
/// estimated of all of them. If one of them has samples but no distribution, the sum has no
/// distribution and no quantiles. If both have samples, the standard deviation isn't known any
/// more; nor is the mean if the total is out of range. Throws `std::bad_alloc`, and
/// `std::invalid_argument` if a probability isn't in [0, 1].
PERF_TIMER_EXPORT void merge(DurationSummary& to, const DurationSummary& from);

}  // namespace perf_timer::inline v0_1::detail
