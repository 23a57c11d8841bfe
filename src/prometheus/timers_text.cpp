//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "timers_text.hpp"

#include "add_up.hpp"
#include "histograms.hpp"
#include "timer_labels.hpp"
#include "timer_metrics.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

namespace perf_timer::inline v0_1::detail {
namespace {

class Text final : SeriesSink {
 public:
  Text(const PrometheusOptions& options, std::span<const TimerSnapshot> timers, TextFormat format)
      : options_(options), timers_(timers), format_(format), histograms_(options) {
    for (const double bound : options.buckets) les_.push_back(bound_text(bound, format) + "\"} ");
    les_.push_back("+Inf\"} ");
    for (const TimerSnapshot& timer : timers) {
      std::string& its = labels_.emplace_back();
      for (const auto& [name, value] : timer_labels(timer, options))
        its.append(its.empty() ? "{" : ",").append(label(name, value));
    }
    constexpr std::size_t series = 24, bytes = 100;  // of a timer besides its histograms; of each
    text_.reserve(timers.size() * (series + 3 * les_.size()) * bytes);
  }

  void add(const TimerMetric& metric) {
    name_ = options_.prefix + std::string{metric.name};
    text_ += head_of(name_, metric.help, metric.type, format_);
    for (std::size_t i = 0; i < timers_.size(); ++i) {
      its_ = labels_[i];
      metric.add(*this, timers_[i]);
    }
  }

  std::string take() && { return std::move(text_); }

 private:
  template <class... Parts>
  void append(const Parts&... parts) {
    (text_.append(parts), ...);
  }

  template <class Number>
  void line(std::string_view suffix, Number number) {
    char digits[longest_number];
    append(name_, suffix, its_, "} ", std::string_view(digits, write(digits, number)), "\n");
  }

  void value(double value, MoreLabels more) override {
    if (more.empty()) return line("", value);
    std::string labels{its_};
    for (const auto& [name, text] : more) labels += ',' + label(name, text);
    const std::string_view its = std::exchange(its_, labels);
    line("", value);
    its_ = its;
  }

  void count_and_sum(std::uint64_t count, const DurationSummary& of) {
    line("_count", count);
    line("_sum", std::chrono::duration<double>(of.total).count());
  }

  void summary(const DurationSummary& of) override { count_and_sum(of.count, of); }

  void histogram(const DurationSummary& of, std::uint64_t count, Exemplars exemplars) override {
    count_and_sum(count, of);
    const auto counts = histograms_.counts(of, count);
    std::string head = name_;
    head.append("_bucket").append(its_).append(",le=\"");
    const auto examples = examples_of(counts.size(), exemplars);
    std::size_t size = (counts.size() + 1) * (head.size() + 3 * longest_number);
    for (const std::string& example : examples) size += example.size();
    lines_.resize(std::max(lines_.size(), size));
    char* end = lines_.data();
    const auto bucket = [&](std::size_t i, const std::string& le, std::uint64_t number) {
      end = write(write(write(end, head), le), number);
      if (!examples.empty()) end = write(end, examples[i]);
      *end++ = '\n';
    };
    for (std::size_t i = 0; i < counts.size(); ++i) bucket(i, les_[i], counts[i]);
    bucket(counts.size(), les_.back(), count);
    text_.append(lines_.data(), end);
  }

  /// Returns what stands behind each bucket, the one to infinity last; empty if none has any.
  [[nodiscard]] std::vector<std::string> examples_of(std::size_t bounds,
                                                     Exemplars exemplars) const {
    if (format_ != TextFormat::openmetrics || exemplars.empty()) return {};
    std::vector<const Exemplar*> latest(bounds + 1);
    for (const Exemplar& one : exemplars) {
      const Exemplar*& its = latest[std::min(histograms_.bucket_of(one.elapsed), bounds)];
      if (!its || its->at < one.at) its = &one;
    }
    std::vector<std::string> result(bounds + 1);
    for (std::size_t i = 0; i < latest.size(); ++i)
      if (latest[i]) result[i] = exemplar_text(*latest[i]);
    return result;
  }

  const PrometheusOptions& options_;
  const std::span<const TimerSnapshot> timers_;
  const TextFormat format_;
  const Histograms histograms_;
  std::vector<std::string> les_;     // of each bound: le's value, and what comes after it
  std::vector<std::string> labels_;  // of each timer, without the end
  std::string name_;                 // the metric's
  std::string_view its_;             // the labels of the timer at hand
  std::string lines_;                // of a histogram
  std::string text_;
};

}  // namespace

std::string timers_text(std::vector<TimerSnapshot> timers, const PrometheusOptions& options,
                        TextFormat format) {
  const auto sums = one_of_each_name(std::move(timers), options);
  Text text{options, sums, format};
  for (const TimerMetric& metric : timer_metrics()) text.add(metric);
  return std::move(text).take();
}

}  // namespace perf_timer::inline v0_1::detail
