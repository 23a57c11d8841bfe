//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/prometheus_options.hpp>
#include <perf_timer/timer_snapshot.hpp>

#include "text_parts.hpp"

#include <string>
#include <vector>

namespace perf_timer::inline v0_1::detail {

/// Returns the same text as prometheus-cpp would make of `metric_families`, without making these;
/// or that in OpenMetrics, without its end. A thousand timers have a quarter of a million series.
/// Precondition: the options are valid.
[[nodiscard]] std::string timers_text(std::vector<TimerSnapshot> timers,
                                      const PrometheusOptions& options,
                                      TextFormat format = TextFormat::prometheus);

}  // namespace perf_timer::inline v0_1::detail
