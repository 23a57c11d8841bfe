//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/prometheus/validate.hpp>
#include <perf_timer/metric_families.hpp>

#include <perf_timer/detail/report/utf8.hpp>
#include <perf_timer/detail/tracking/merge_operations.hpp>

#include "family_builder.hpp"
#include "histograms.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace perf_timer::inline v0_1 {
namespace {

using ::prometheus::MetricFamily;

/// Builds the families, one operation after the other.
class OperationFamilies : detail::FamilyBuilder {
 public:
  explicit OperationFamilies(const PrometheusOptions& options)
      : FamilyBuilder(options), histograms_(options) {}

  /// `its`: the labels that tell it from others.
  void add(const OperationSnapshot& operation, Labels its) {
    const Labels labels = with_options(std::move(its));
    const auto count = [&](MetricFamily& family, std::uint64_t value) {
      FamilyBuilder::count(family, labels, static_cast<double>(value));
    };
    count(count_, operation.count);
    if (operation.calls) count(calls_, *operation.calls);
    count(failed_, operation.failed);
    count(cancelled_, operation.cancelled);
    count(dropped_, operation.dropped);
    gauge(open_, labels, static_cast<double>(operation.open));
    // Of an operation that hasn't ended yet, it isn't known which of these it will have.
    const bool is_new = operation.count == 0;
    if (is_new || operation.waiting.count != 0) histogram(waiting_, labels, operation.waiting);
    if (is_new || operation.queued.count != 0) histogram(queued_, labels, operation.queued);
    histogram(busy_, labels, operation.busy);
  }

  std::vector<MetricFamily> take() && {
    std::vector<MetricFamily> families;
    for (MetricFamily* const family :
         {&count_, &calls_, &failed_, &cancelled_, &dropped_, &open_, &waiting_, &queued_, &busy_})
      families.push_back(std::move(*family));
    return families;
  }

 private:
  void histogram(MetricFamily& family, const Labels& labels, const DurationSummary& of) const {
    series(family, labels).histogram = histograms_.of(of, of.count);
  }

  const detail::Histograms histograms_;
  MetricFamily count_ = family(
      "_operations_total", "Operations of Asio whose handlers were called.", MetricType::Counter);
  MetricFamily calls_ = family("_operation_calls_total",
                               "Of the steps of composed operations, those that were the first.",
                               MetricType::Counter);
  MetricFamily failed_ =
      family("_operation_failed_total", "Of these, those with an error.", MetricType::Counter);
  MetricFamily cancelled_ = family("_operation_cancelled_total",
                                   "Of these, those with operation_aborted.", MetricType::Counter);
  MetricFamily dropped_ =
      family("_operation_dropped_total", "Operations whose handlers were destroyed without a call.",
             MetricType::Counter);
  MetricFamily open_ =
      family("_operation_open", "Operations that have started and not ended.", MetricType::Gauge);
  MetricFamily waiting_ =
      family("_operation_waiting_seconds",
             "Time from an operation's start until its result was there, in seconds.",
             MetricType::Histogram);
  MetricFamily queued_ =
      family("_operation_queued_seconds", "Time from then until its handler began, in seconds.",
             MetricType::Histogram);
  MetricFamily busy_ =
      family("_operation_busy_seconds", "Time in which its handler executed, in seconds.",
             MetricType::Histogram);
};

}  // namespace

std::vector<MetricFamily> metric_families(std::span<const OperationSnapshot> operations,
                                          const PrometheusOptions& options) {
  detail::validate(options);
  if (operations.empty()) return {};
  // Prometheus rejects two series with the same labels.
  using Key = std::tuple<std::string, std::string, std::string, std::string>;
  std::map<Key, OperationSnapshot> sums;
  for (const OperationSnapshot& operation : operations) {
    const Key key{detail::valid_utf8(operation.object), detail::valid_utf8(operation.operation),
                  detail::valid_utf8(operation.part_of),
                  detail::valid_utf8(detail::place_of(operation))};
    detail::merge(sums[key], operation);
  }
  OperationFamilies families{options};
  for (const auto& [key, sum] : sums) {
    const auto& [object, name, part_of, at] = key;
    families.add(sum, {{"object", object}, {"operation", name}, {"part_of", part_of}, {"at", at}});
  }
  return std::move(families).take();
}

}  // namespace perf_timer::inline v0_1
