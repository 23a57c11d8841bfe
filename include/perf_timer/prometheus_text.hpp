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
/// Timers for Prometheus, in a program that serves its metrics itself: link
/// `perf_timer::prometheus`. Both throw `std::invalid_argument` that says what is wrong if the
/// options are, and `std::bad_alloc`. Thread safety: any number of threads.

namespace perf_timer::inline v0_1 {

/// The header `Content-Type` of the text.
inline constexpr std::string_view prometheus_content_type =
    "text/plain; version=0.0.4; charset=utf-8";

/// What to serve at `/metrics`: the text of what `PrometheusCollector` collects. Throws what an
/// observer throws, too.
[[nodiscard]] PERF_TIMER_EXPORT std::string prometheus_text(const PrometheusOptions& options = {});

/// The text of `metric_families`.
[[nodiscard]] PERF_TIMER_EXPORT std::string prometheus_text(std::span<const TimerSnapshot> timers,
                                                            const PrometheusOptions& options = {});

}  // namespace perf_timer::inline v0_1
