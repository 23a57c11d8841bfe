//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "families_text.hpp"

#include "text_parts.hpp"

#include <cmath>

namespace perf_timer::inline v0_1::detail {
namespace {

namespace prom = ::prometheus;
using Type = prom::MetricType;

TimerMetricType our_type(Type type) noexcept {
  switch (type) {
    case Type::Counter:
      return TimerMetricType::counter;
    case Type::Summary:
      return TimerMetricType::summary;
    case Type::Histogram:
      return TimerMetricType::histogram;
    default:
      break;
  }
  return TimerMetricType::gauge;
}

class FamilyText {
 public:
  explicit FamilyText(std::string& text) : text_(text) {}

  void add(const prom::MetricFamily& family) {
    text_ += head_of(family.name, family.help, our_type(family.type), TextFormat::openmetrics);
    for (const prom::ClientMetric& metric : family.metric) add(family, metric);
  }

 private:
  void add(const prom::MetricFamily& family, const prom::ClientMetric& metric) {
    labels_.clear();
    for (const prom::ClientMetric::Label& one : metric.label)
      labels_.append(labels_.empty() ? "" : ",").append(label(one.name, one.value));
    const std::string& name = family.name;
    switch (family.type) {
      case Type::Counter:
        return line(name, labels_, metric.counter.value);
      case Type::Summary:
        return count_and_sum(name, metric.summary);
      case Type::Histogram:
        count_and_sum(name, metric.histogram);
        for (const auto& bucket : metric.histogram.bucket)
          line(name + "_bucket",
               labels_ + (labels_.empty() ? "" : ",") + "le=\"" +
                   (std::isfinite(bucket.upper_bound)
                        ? bound_text(bucket.upper_bound, TextFormat::openmetrics)
                        : "+Inf") +
                   '"',
               bucket.cumulative_count);
        return;
      default:
        return line(name, labels_, metric.gauge.value);
    }
  }

  template <class Samples>
  void count_and_sum(const std::string& name, const Samples& samples) {
    line(name + "_count", labels_, samples.sample_count);
    line(name + "_sum", labels_, samples.sample_sum);
  }

  template <class Number>
  void line(const std::string& name, const std::string& labels, Number number) {
    char digits[longest_number];
    text_ += name;
    if (!labels.empty()) text_.append("{").append(labels).append("}");
    text_.append(" ").append(digits, write(digits, number)) += '\n';
  }

  std::string& text_;
  std::string labels_;  // of the series at hand
};

}  // namespace

std::string openmetrics_of(std::span<const prom::MetricFamily> families) {
  std::string text;
  FamilyText writer(text);
  for (const prom::MetricFamily& family : families) writer.add(family);
  return text;
}

}  // namespace perf_timer::inline v0_1::detail
