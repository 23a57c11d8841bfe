//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/prometheus/validate.hpp>
#include <perf_timer/openmetrics_text.hpp>

#include <perf_timer/metric_families.hpp>

#include "families_text.hpp"
#include "prometheus_snapshots.hpp"
#include "text_parts.hpp"
#include "timers_text.hpp"

namespace perf_timer::inline v0_1 {

std::string openmetrics_text(const PrometheusOptions& options) {
  detail::validate(options);  // before any timer is read
  std::string text =
      detail::timers_text(detail::prometheus_snapshots(), options, detail::TextFormat::openmetrics);
  text += detail::openmetrics_of(metric_families(thread_snapshots(), options));
  text += detail::openmetrics_of(metric_families(operations(), options));
  return text += detail::end_of_openmetrics;
}

std::string openmetrics_text(std::span<const TimerSnapshot> timers,
                             const PrometheusOptions& options) {
  detail::validate(options);
  return detail::timers_text({timers.begin(), timers.end()}, options,
                             detail::TextFormat::openmetrics)
      .append(detail::end_of_openmetrics);
}

}  // namespace perf_timer::inline v0_1
