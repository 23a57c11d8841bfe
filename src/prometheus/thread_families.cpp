//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/prometheus/validate.hpp>
#include <perf_timer/metric_families.hpp>

#include <perf_timer/detail/report/utf8.hpp>

#include "family_builder.hpp"

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace perf_timer::inline v0_1 {
namespace {

using ::prometheus::MetricFamily;

class ThreadFamilies : detail::FamilyBuilder {
 public:
  explicit ThreadFamilies(const PrometheusOptions& options) : FamilyBuilder(options) {}

  void add(const ThreadSnapshot& thread) {
    if (thread.ended == 0) {
      ++live_;
      const Labels its = with_options({{"thread", std::to_string(thread.thread)},
                                       {"thread_name", detail::valid_utf8(thread.name)}});
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
    const auto sampled = [&](const char* state, const std::string& run, const std::string& executor,
                             std::uint64_t samples) {
      count(samples_, with_options({{"state", state}, {"run", run}, {"executor", executor}}),
            static_cast<double>(samples));
    };
    gauge(threads_, with_options({}), static_cast<double>(live_));
    if (samples_taken_ != 0) sampled("idle", "", "", idle_);
    for (const auto& [what, samples] : executed_)
      sampled("in_steps", what.first, what.second, samples);
    std::vector<MetricFamily> families;
    for (MetricFamily* const family : {&threads_, &steps_, &processor_, &samples_})
      families.push_back(std::move(*family));
    return families;
  }

 private:
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
