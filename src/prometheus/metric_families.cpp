//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/prometheus/validate.hpp>
#include <perf_timer/metric_families.hpp>

#include "add_up.hpp"
#include "family_builder.hpp"
#include "histograms.hpp"
#include "timer_labels.hpp"
#include "timer_metrics.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <utility>

namespace perf_timer::inline v0_1 {
namespace {

using ::prometheus::MetricFamily;
using ::prometheus::MetricType;

MetricType type_of(detail::TimerMetricType type) noexcept {
  switch (type) {
    case detail::TimerMetricType::counter:
      return MetricType::Counter;
    case detail::TimerMetricType::gauge:
      return MetricType::Gauge;
    case detail::TimerMetricType::summary:
      return MetricType::Summary;
    case detail::TimerMetricType::histogram:
      break;
  }
  return MetricType::Histogram;
}

/// Builds families, all timers of one after the other.
class Families final : detail::FamilyBuilder, detail::SeriesSink {
 public:
  explicit Families(const PrometheusOptions& options)
      : FamilyBuilder(options), histograms_(options) {}

  MetricFamily of(const detail::TimerMetric& metric, std::span<const TimerSnapshot> timers) {
    family_ = family(metric.name, metric.help, type_of(metric.type));
    for (const TimerSnapshot& timer : timers) {
      timer_ = &timer;
      metric.add(*this, timer);
    }
    return std::move(family_);
  }

 private:
  ClientMetric& series(MoreLabels more = {}) {
    Labels labels;
    for (const auto& [name, value] : detail::timer_labels(*timer_, options()))
      labels.push_back({name, value});
    for (const auto& [name, value] : more) labels.push_back({std::string{name}, value});
    return FamilyBuilder::series(family_, std::move(labels));
  }

  void value(double value, MoreLabels more) override {
    ClientMetric& metric = series(more);
    (family_.type == MetricType::Counter ? metric.counter.value : metric.gauge.value) = value;
  }
  void summary(const DurationSummary& of) override {
    ClientMetric& metric = series();
    metric.summary.sample_count = of.count;
    metric.summary.sample_sum = std::chrono::duration<double>(of.total).count();
  }
  void histogram(const DurationSummary& of, std::uint64_t count, Exemplars) override {
    series().histogram = histograms_.of(of, count);
  }

  const detail::Histograms histograms_;
  MetricFamily family_;
  const TimerSnapshot* timer_ = nullptr;
};

}  // namespace

std::vector<MetricFamily> metric_families(std::span<const TimerSnapshot> timers,
                                          const PrometheusOptions& options) {
  detail::validate(options);
  const auto sums = detail::one_of_each_name({timers.begin(), timers.end()});
  Families families{options};
  std::vector<MetricFamily> result;
  for (const detail::TimerMetric& metric : detail::timer_metrics())
    result.push_back(families.of(metric, sums));
  return result;
}

}  // namespace perf_timer::inline v0_1
