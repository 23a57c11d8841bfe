//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/prometheus/validate.hpp>
#include <perf_timer/prometheus_collector.hpp>

#include <perf_timer/metric_families.hpp>

#include "prometheus_snapshots.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace perf_timer::inline v0_1 {

PrometheusCollector::PrometheusCollector(PrometheusOptions options) : options_(std::move(options)) {
  detail::validate(options_);
}

std::vector<prometheus::MetricFamily> PrometheusCollector::Collect() const {
  auto families = metric_families(detail::prometheus_snapshots(), options_);
  std::ranges::move(metric_families(thread_snapshots(), options_), std::back_inserter(families));
  std::ranges::move(metric_families(operations(), options_), std::back_inserter(families));
  return families;
}

}  // namespace perf_timer::inline v0_1
