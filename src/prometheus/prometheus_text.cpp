//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/prometheus/validate.hpp>
#include <perf_timer/prometheus_text.hpp>

#include <perf_timer/metric_families.hpp>

#include "prometheus_snapshots.hpp"
#include "timers_text.hpp"

#include <prometheus/text_serializer.h>

namespace perf_timer::inline v0_1 {

std::string prometheus_text(const PrometheusOptions& options) {
  detail::validate(options);  // before any timer is read
  const prometheus::TextSerializer serializer;
  std::string text = detail::timers_text(detail::prometheus_snapshots(), options);
  text += serializer.Serialize(metric_families(thread_snapshots(), options));
  text += serializer.Serialize(metric_families(operations(), options));
  return text;
}

std::string prometheus_text(std::span<const TimerSnapshot> timers,
                            const PrometheusOptions& options) {
  detail::validate(options);
  return detail::timers_text({timers.begin(), timers.end()}, options);
}

}  // namespace perf_timer::inline v0_1
