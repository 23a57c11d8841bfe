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
/// Timers for Prometheus in the format OpenMetrics, which has exemplars. Link
/// `perf_timer::prometheus`.

namespace perf_timer::inline v0_1 {

/// What the header `Content-Type` says when you serve the text.
inline constexpr std::string_view openmetrics_content_type =
    "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// Returns whether a client takes OpenMetrics 1.0.0, and likes it at least as much as the text of
/// `prometheus_text`. `accept` is the header `Accept` of its request; empty if there is none.
/// Prometheus 2.42 does. Older ones that ask for version 0.0.1 don't, nor do a browser and curl.
/// Never throws, whatever the header says.
///
///     if (path == "/metrics" && perf_timer::accepts_openmetrics(accept))
///       reply(perf_timer::openmetrics_text(), perf_timer::openmetrics_content_type);
///
/// Thread safety: any thread.
[[nodiscard]] PERF_TIMER_EXPORT bool accepts_openmetrics(std::string_view accept) noexcept;

/// Returns what `prometheus_text` does, in OpenMetrics 1.0.0, with exemplars: a bucket of
/// `perf_timer_elapsed_seconds` has the latest of `TimerSnapshot::exemplars` that is in it.
///
/// Throws `std::invalid_argument` if an option is invalid, `std::bad_alloc`, and what an observer
/// throws. Thread safety: any thread.
[[nodiscard]] PERF_TIMER_EXPORT std::string openmetrics_text(const PrometheusOptions& options = {});

/// Returns the metrics of `timers` in the same format. Throws `std::invalid_argument` if an option
/// is invalid, and `std::bad_alloc`. Thread safety: any thread.
[[nodiscard]] PERF_TIMER_EXPORT std::string openmetrics_text(std::span<const TimerSnapshot> timers,
                                                             const PrometheusOptions& options = {});

}  // namespace perf_timer::inline v0_1
