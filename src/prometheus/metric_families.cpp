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
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

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
  Families(std::span<const TimerSnapshot> timers, const PrometheusOptions& options)
      : FamilyBuilder(options), histograms_(options), timers_(timers) {
    for (const TimerSnapshot& timer : timers)
      for (Labels& labels = labels_.emplace_back();
           const auto& [name, value] : detail::timer_labels(timer, options))
        labels.push_back({name, value});
  }

  MetricFamily of(const detail::TimerMetric& metric) {
    family_ = family(metric.name, metric.help, type_of(metric.type));
    for (at_ = 0; at_ < timers_.size(); ++at_) metric.add(*this, timers_[at_]);
    return std::move(family_);
  }

 private:
  ClientMetric& series(MoreLabels more = {}) {
    Labels labels = labels_[at_];
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
  const std::span<const TimerSnapshot> timers_;
  std::vector<Labels> labels_;  // of each timer's series
  MetricFamily family_;
  std::size_t at_ = 0;  // whose series is made
};

}  // namespace

std::vector<MetricFamily> metric_families(std::span<const TimerSnapshot> timers,
                                          const PrometheusOptions& options) {
  detail::validate(options);
  const auto sums = detail::one_of_each_name({timers.begin(), timers.end()}, options);
  Families families{sums, options};
  std::vector<MetricFamily> result;
  for (const detail::TimerMetric& metric : detail::timer_metrics())
    result.push_back(families.of(metric));
  return result;
}

}  // namespace perf_timer::inline v0_1
