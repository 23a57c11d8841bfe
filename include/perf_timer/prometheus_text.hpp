//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/export.hpp>
#include <perf_timer/prometheus_options.hpp>
#include <perf_timer/timer_snapshot.hpp>

#include <span>
#include <string>
#include <string_view>

/// \file
/// Timers for Prometheus, in a program that serves its metrics itself. Link
/// `perf_timer::prometheus`.

namespace perf_timer::inline v0_1 {

/// What the header `Content-Type` says when you serve the text.
inline constexpr std::string_view prometheus_content_type =
    "text/plain; version=0.0.4; charset=utf-8";

/// Returns what to serve at `/metrics`: the metrics of all live timers, of threads, and of a
/// tracked program's operations in Prometheus' text format, as `PrometheusCollector` collects them.
///
///     if (path == "/metrics")
///       reply(perf_timer::prometheus_text(), perf_timer::prometheus_content_type);
///
/// Throws `std::invalid_argument` if an option is invalid, `std::bad_alloc`, and what an observer
/// throws. Thread safety: any thread.
[[nodiscard]] PERF_TIMER_EXPORT std::string prometheus_text(const PrometheusOptions& options = {});

/// Returns the metrics of `timers` in the same format, as `metric_families` makes them. Throws
/// `std::invalid_argument` if an option is invalid, and `std::bad_alloc`. Thread safety: any
/// thread.
[[nodiscard]] PERF_TIMER_EXPORT std::string prometheus_text(std::span<const TimerSnapshot> timers,
                                                            const PrometheusOptions& options = {});

}  // namespace perf_timer::inline v0_1
