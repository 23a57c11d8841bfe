//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/export.hpp>
#include <perf_timer/operations.hpp>
#include <perf_timer/prometheus_options.hpp>
#include <perf_timer/thread_snapshots.hpp>
#include <perf_timer/timer_snapshot.hpp>

#include <prometheus/metric_family.h>

#include <span>
#include <vector>

namespace perf_timer::inline v0_1 {

/// Returns the metrics of `timers` in the types of prometheus-cpp: counters, and histograms in
/// seconds. doc/prometheus.md lists them. Most programs use `PrometheusCollector` or
/// `prometheus_text` instead, which take all live timers.
///
/// Timers of the same name and kind are added up. Bytes of a name that aren't UTF-8 become U+FFFD.
///
/// The histogram of a timer whose observer keeps no distribution has a single bucket, to infinity.
/// The count of a bucket lies between the true counts 0.8 % below and 0.8 % above its bound.
///
/// Throws `std::invalid_argument` if an option is invalid, and `std::bad_alloc`. Thread safety: any
/// thread. Link `perf_timer::prometheus`.
[[nodiscard]] PERF_TIMER_EXPORT std::vector<prometheus::MetricFamily> metric_families(
    std::span<const TimerSnapshot> timers, const PrometheusOptions& options = {});

/// Returns the metrics of threads, likewise.
[[nodiscard]] PERF_TIMER_EXPORT std::vector<prometheus::MetricFamily> metric_families(
    std::span<const ThreadSnapshot> threads, const PrometheusOptions& options = {});

/// Returns the metrics of operations of Asio, likewise. Operations of the same object, name, and
/// base name and line of their file are added up. Empty if there are no operations.
[[nodiscard]] PERF_TIMER_EXPORT std::vector<prometheus::MetricFamily> metric_families(
    std::span<const OperationSnapshot> operations, const PrometheusOptions& options = {});

}  // namespace perf_timer::inline v0_1
