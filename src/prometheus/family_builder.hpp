//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/metric_families.hpp>

#include <perf_timer/detail/report/utf8.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace perf_timer::inline v0_1::detail {

/// What builds families has this in common: the prefix, and the labels of the options.
class FamilyBuilder {
 protected:
  using ClientMetric = ::prometheus::ClientMetric;
  using MetricFamily = ::prometheus::MetricFamily;
  using MetricType = ::prometheus::MetricType;
  using Labels = std::vector<ClientMetric::Label>;

  /// The options must outlive this object.
  explicit FamilyBuilder(const PrometheusOptions& options) : options_(options) {}

  [[nodiscard]] const PrometheusOptions& options() const noexcept { return options_; }

  [[nodiscard]] MetricFamily family(std::string_view name, std::string_view help,
                                    MetricType type) const {
    return {options_.prefix + std::string{name}, std::string{help}, type, {}};
  }

  /// Returns the labels of a series, with those of the options.
  [[nodiscard]] Labels with_options(Labels labels) const {
    for (const auto& [name, value] : options_.labels) labels.push_back({name, valid_utf8(value)});
    return labels;
  }

  /// Adds a series, and returns it.
  static ClientMetric& series(MetricFamily& family, Labels labels) {
    ClientMetric& metric = family.metric.emplace_back();
    metric.label = std::move(labels);
    return metric;
  }
  static void count(MetricFamily& family, Labels labels, double value) {
    series(family, std::move(labels)).counter.value = value;
  }
  static void gauge(MetricFamily& family, Labels labels, double value) {
    series(family, std::move(labels)).gauge.value = value;
  }

 private:
  const PrometheusOptions& options_;
};

}  // namespace perf_timer::inline v0_1::detail
