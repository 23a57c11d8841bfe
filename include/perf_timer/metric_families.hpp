//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/export.hpp>
#include <perf_timer/prometheus_options.hpp>
#include <perf_timer/timer_snapshot.hpp>

#include <prometheus/metric_family.h>

#include <span>
#include <vector>

namespace perf_timer::inline v0_1 {

/// What `timers` are to Prometheus: histograms in seconds and counters, as doc/prometheus.md lists
/// them, in an order of their own. Timers of the same name and kind are added up. Bytes of a name
/// that aren't UTF-8 become U+FFFD.
///
/// A histogram of timers without a distribution (that is up to their observer) has one bucket, to
/// infinity. What a bucket counts lies between what is true 0.8 % below and above its bound.
///
/// Throws `std::invalid_argument` if `options` are wrong, and `std::bad_alloc`. Thread safety: any
/// number of threads.
[[nodiscard]] PERF_TIMER_EXPORT std::vector<prometheus::MetricFamily> metric_families(
    std::span<const TimerSnapshot> timers, const PrometheusOptions& options = {});

}  // namespace perf_timer::inline v0_1
