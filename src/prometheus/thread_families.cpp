//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/prometheus/validate.hpp>
#include <perf_timer/metric_families.hpp>

#include <perf_timer/detail/report/utf8.hpp>

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace perf_timer::inline v0_1 {
namespace {

using ::prometheus::ClientMetric;
using ::prometheus::MetricFamily;
using ::prometheus::MetricType;
using Labels = std::vector<ClientMetric::Label>;

class ThreadFamilies {
 public:
  explicit ThreadFamilies(const PrometheusOptions& options) : options_(options) {}

  void add(const ThreadSnapshot& thread) {
    if (thread.ended == 0) {
      ++live_;
      const Labels its{{"thread", std::to_string(thread.thread)},
                       {"thread_name", detail::valid_utf8(thread.name)}};
      count(steps_, its, static_cast<double>(thread.steps));
      if (thread.processor_time)
        count(processor_, its, std::chrono::duration<double>(*thread.processor_time).count());
    }
    idle_ += thread.idle;
    samples_taken_ += thread.samples;
    for (const ExecutedFor& what : thread.executed)
      executed_[{detail::valid_utf8(what.run), detail::valid_utf8(what.executor)}] += what.samples;
  }

  std::vector<MetricFamily> take() && {
    ClientMetric& threads = threads_.metric.emplace_back();
    threads.label = with_options({});
    threads.gauge.value = static_cast<double>(live_);
    if (samples_taken_ != 0)
      count(samples_, {{"state", "idle"}, {"run", ""}, {"executor", ""}},
            static_cast<double>(idle_));
    for (const auto& [what, samples] : executed_)
      count(samples_, {{"state", "in_steps"}, {"run", what.first}, {"executor", what.second}},
            static_cast<double>(samples));
    std::vector<MetricFamily> families;
    for (MetricFamily* const family : {&threads_, &steps_, &processor_, &samples_})
      families.push_back(std::move(*family));
    return families;
  }

 private:
  [[nodiscard]] MetricFamily family(std::string_view name, std::string_view help, MetricType type) {
    return {options_.prefix + std::string{name}, std::string{help}, type, {}};
  }

  [[nodiscard]] Labels with_options(Labels labels) const {
    for (const auto& [name, value] : options_.labels)
      labels.push_back({name, detail::valid_utf8(value)});
    return labels;
  }

  void count(MetricFamily& family, Labels labels, double value) const {
    ClientMetric& metric = family.metric.emplace_back();
    metric.label = with_options(std::move(labels));
    metric.counter.value = value;
  }

  const PrometheusOptions& options_;
  std::uint64_t live_ = 0, idle_ = 0, samples_taken_ = 0;
  std::map<std::pair<std::string, std::string>, std::uint64_t> executed_;
  MetricFamily threads_ =
      family("_threads", "Threads that have executed steps and haven't ended.", MetricType::Gauge);
  MetricFamily steps_ =
      family("_thread_steps_total", "Steps that a thread has begun.", MetricType::Counter);
  MetricFamily processor_ =
      family("_thread_processor_seconds_total",
             "Processor time that a thread has used, in seconds.", MetricType::Counter);
  MetricFamily samples_ =
      family("_thread_samples_total",
             "How often a stall watch has seen a thread do that, all threads together.",
             MetricType::Counter);
};

}  // namespace

std::vector<MetricFamily> metric_families(std::span<const ThreadSnapshot> threads,
                                          const PrometheusOptions& options) {
  detail::validate(options);
  ThreadFamilies families{options};
  for (const ThreadSnapshot& thread : threads) families.add(thread);
  return std::move(families).take();
}

}  // namespace perf_timer::inline v0_1
