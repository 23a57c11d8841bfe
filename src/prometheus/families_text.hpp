//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <prometheus/metric_family.h>

#include <span>
#include <string>

namespace perf_timer::inline v0_1::detail {

/// Returns the text of families in OpenMetrics, which prometheus-cpp doesn't write.
[[nodiscard]] std::string openmetrics_of(std::span<const ::prometheus::MetricFamily> families);

}  // namespace perf_timer::inline v0_1::detail
