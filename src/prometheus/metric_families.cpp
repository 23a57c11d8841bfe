//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/prometheus/validate.hpp>
#include <perf_timer/metric_families.hpp>

#include <perf_timer/detail/report/labels.hpp>
#include <perf_timer/detail/report/operation_text.hpp>
#include <perf_timer/detail/report/utf8.hpp>
#include <perf_timer/detail/statistics/merge_summaries.hpp>
#include <perf_timer/detail/statistics/saturating_add.hpp>

#include "add_up.hpp"
#include "family_builder.hpp"
#include "histograms.hpp"

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>

namespace perf_timer::inline v0_1 {
namespace {

using ::prometheus::MetricFamily;
using std::chrono::nanoseconds;

double in_seconds(nanoseconds time) { return std::chrono::duration<double>(time).count(); }

/// Builds the families, one timer after the other.
class Families : detail::FamilyBuilder {
 public:
  explicit Families(const PrometheusOptions& options)
      : FamilyBuilder(options), histograms_(options) {}

  void add(const TimerSnapshot& timer) {
    const Labels labels = labels_of(timer);
    count(runs_, labels, timer.runs);
    gauge(open_, labels, static_cast<double>(timer.open));
    if (timer.oldest_open) gauge(oldest_open_, labels, in_seconds(*timer.oldest_open));
    if (timer.kind == TimerKind::executor)
      gauge(waiting_, labels, static_cast<double>(timer.waiting));
    if (timer.oldest_waiting) gauge(oldest_waiting_, labels, in_seconds(*timer.oldest_waiting));
    count(failed_, labels, timer.failed);
    count(stalls_, labels, timer.stalls);
    if (timer.longest_stall) gauge(longest_stall_, labels, in_seconds(*timer.longest_stall));
    count(partial_, labels, timer.partial_reasons);
    count(lost_, labels, timer.lost_reasons);
    histogram(elapsed_, labels, timer.runs, timer.elapsed);
    summary(failed_elapsed_, labels, timer.failed_elapsed);
    summary(cpu_, labels, timer.cpu);
    seconds(cpu_busy_, labels, timer.cpu_busy);
    awaited(labels, timer.idle_in);
    if (timer.kind == TimerKind::scope) return;
    count(dropped_, labels, timer.dropped);
    const std::uint64_t complete = timer.runs - timer.partial;
    histogram(busy_, labels, complete, timer.busy);
    histogram(queued_, labels, complete, timer.queued);
    seconds(complete_elapsed_, labels, timer.complete_elapsed);
    seconds(off_processor_, labels, timer.off_processor);
    count(steps_, labels, timer.steps);
    gauge(longest_step_, labels, in_seconds(timer.longest_step));
    seconds(queued_held_, labels, timer.queued_held);
    seconds(queued_free_, labels, timer.queued_free);
    summary(failed_busy_, labels, timer.failed_busy);
  }

  std::vector<MetricFamily> take() && {
    std::vector<MetricFamily> families;
    for (MetricFamily* const family :
         {&runs_,        &partial_,          &failed_,         &lost_,          &dropped_,
          &elapsed_,     &complete_elapsed_, &off_processor_,  &busy_,          &queued_,
          &queued_held_, &queued_free_,      &failed_elapsed_, &failed_busy_,   &open_,
          &waiting_,     &oldest_open_,      &oldest_waiting_, &steps_,         &longest_step_,
          &cpu_,         &cpu_busy_,         &stalls_,         &longest_stall_, &awaited_,
          &awaited_time_})
      families.push_back(std::move(*family));
    return families;
  }

 private:
  [[nodiscard]] Labels labels_of(const TimerSnapshot& timer) const {
    Labels labels{{"timer", timer.name}, {"kind", std::string{to_string(timer.kind)}}};
    for (const auto& [name, value] : timer.labels) labels.push_back({name, value});
    return with_options(std::move(labels));
  }

  using FamilyBuilder::count;

  static void count(MetricFamily& family, Labels labels, std::uint64_t value) {
    count(family, std::move(labels), static_cast<double>(value));
  }

  static void count(MetricFamily& family, const Labels& labels,
                    const std::vector<LostCount>& reasons) {
    for (const LostCount& one : reasons) {
      Labels with_reason = labels;
      with_reason.push_back({"reason", detail::valid_utf8(one.reason)});
      count(family, std::move(with_reason), one.count);
    }
  }

  static void seconds(MetricFamily& family, const Labels& labels, nanoseconds time) {
    count(family, labels, in_seconds(time));
  }

  /// Shows a count and a sum, which are two series. A histogram of what seldom happens would be
  /// many.
  static void summary(MetricFamily& family, const Labels& labels, const DurationSummary& of) {
    ClientMetric& metric = series(family, labels);
    metric.summary.sample_count = of.count;
    metric.summary.sample_sum = in_seconds(of.total);
  }

  void awaited(const Labels& labels, const std::vector<AwaitedOperation>& operations) {
    // Files in different folders may have the same name.
    std::map<std::array<std::string, 4>, AwaitedOperation> sums;
    for (const AwaitedOperation& one : operations) {
      AwaitedOperation& sum =
          sums[{detail::valid_utf8(one.object), detail::valid_utf8(one.operation),
                detail::valid_utf8(one.part_of),
                detail::valid_utf8(detail::place_name(one.file, one.line, one.function))}];
      sum.count = detail::saturating_add(sum.count, one.count);
      sum.waited = detail::add_times(sum.waited, one.waited);
    }
    for (const auto& [key, sum] : sums) {
      Labels its = labels;
      for (std::size_t i = 0; const char* const label : {"object", "operation", "part_of", "at"})
        its.push_back({label, key[i++]});
      seconds(awaited_time_, its, sum.waited);
      count(awaited_, std::move(its), sum.count);
    }
  }

  void histogram(MetricFamily& family, const Labels& labels, std::uint64_t runs,
                 const DurationSummary& summary) const {
    series(family, labels).histogram = histograms_.of(summary, runs);
  }

  const detail::Histograms histograms_;
  MetricFamily runs_ =
      family("_runs_total", "Runs whose elapsed time is known.", MetricType::Counter);
  MetricFamily partial_ = family(
      "_partial_total", "Runs of which only the elapsed time is known. They are part of the runs.",
      MetricType::Counter);
  MetricFamily failed_ =
      family("_failed_total", "Runs left by an exception. They are not part of the times.",
             MetricType::Counter);
  MetricFamily lost_ =
      family("_lost_total",
             "Runs that could not be measured to their end. They are not part of the times.",
             MetricType::Counter);
  MetricFamily dropped_ = family(
      "_dropped_total", "Functions that were destroyed without running, after being submitted.",
      MetricType::Counter);
  MetricFamily open_ = family("_open", "Runs that have begun and not ended.", MetricType::Gauge);
  MetricFamily waiting_ =
      family("_waiting", "Functions that were submitted and haven't started. They are open.",
             MetricType::Gauge);
  MetricFamily oldest_open_ =
      family("_oldest_open_seconds",
             "How long the oldest of the open runs has been open, in seconds.", MetricType::Gauge);
  MetricFamily oldest_waiting_ = family(
      "_oldest_waiting_seconds",
      "How long the oldest of the waiting functions has waited, in seconds.", MetricType::Gauge);
  MetricFamily awaited_ = family(
      "_awaited_total", "Operations of Asio whose results came while the run that waited was open.",
      MetricType::Counter);
  MetricFamily awaited_time_ =
      family("_awaited_seconds_total",
             "How long these waited, in seconds. Several may have waited at the same time.",
             MetricType::Counter);
  MetricFamily stalls_ = family(
      "_stalls_total", "Steps that blocked their thread for too long, as a stall watch has told.",
      MetricType::Counter);
  MetricFamily longest_stall_ =
      family("_longest_stall_seconds", "How long the longest of them lasted at least, in seconds.",
             MetricType::Gauge);
  MetricFamily elapsed_ = family(
      "_elapsed_seconds", "Time from a run's start to its end, in seconds.", MetricType::Histogram);
  MetricFamily complete_elapsed_ =
      family("_complete_elapsed_seconds_total",
             "Total elapsed time of the runs whose busy and queued times are known, in seconds.",
             MetricType::Counter);
  MetricFamily off_processor_ = family("_off_processor_seconds_total",
                                       "Time in which something executed on behalf of a run, but "
                                       "not on a processor, in seconds. Only "
                                       "timers of processor time know it.",
                                       MetricType::Counter);
  MetricFamily queued_held_ = family("_queued_held_seconds_total",
                                     "Queued time in which another function held the strand, in "
                                     "seconds. It is part of the queued time.",
                                     MetricType::Counter);
  MetricFamily queued_free_ =
      family("_queued_free_seconds_total",
             "Queued time in which nothing but a thread was missing, in seconds. It is part of the "
             "queued time.",
             MetricType::Counter);
  MetricFamily cpu_ = family("_cpu_seconds",
                             "Time in which the thread was on a processor in a run, of sampled "
                             "runs, in seconds.",
                             MetricType::Summary);
  MetricFamily cpu_busy_ = family("_cpu_busy_seconds_total",
                                  "Busy time of the same runs, in seconds.", MetricType::Counter);
  MetricFamily steps_ = family(
      "_steps_total",
      "Uninterrupted stretches on one thread in which something executed on behalf of a run.",
      MetricType::Counter);
  MetricFamily longest_step_ = family(
      "_longest_step_seconds",
      "The longest of these since the timer was made or reset, in seconds.", MetricType::Gauge);
  MetricFamily failed_elapsed_ =
      family("_failed_elapsed_seconds",
             "Time from a failed run's start to its exception, in seconds.", MetricType::Summary);
  MetricFamily failed_busy_ = family("_failed_busy_seconds",
                                     "Time in which something executed on behalf of a failed run, "
                                     "in seconds.",
                                     MetricType::Summary);
  MetricFamily busy_ =
      family("_busy_seconds", "Time in which something executed on behalf of a run, in seconds.",
             MetricType::Histogram);
  MetricFamily queued_ =
      family("_queued_seconds",
             "Time of a run in which something waited on its behalf for a thread "
             "or a strand, in seconds.",
             MetricType::Histogram);
};

}  // namespace

std::vector<MetricFamily> metric_families(std::span<const TimerSnapshot> timers,
                                          const PrometheusOptions& options) {
  detail::validate(options);
  // Snapshots can come from elsewhere than a timer, which has checked them.
  for (const TimerSnapshot& timer : timers)
    detail::check_labels("timer \"" + detail::valid_utf8(timer.name) + "\"", timer.labels);
  Families families{options};
  for (const TimerSnapshot& timer : detail::one_of_each_name(timers)) families.add(timer);
  return std::move(families).take();
}

}  // namespace perf_timer::inline v0_1
