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
#include <charconv>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <utility>

namespace perf_timer::inline v0_1::detail {
namespace {

constexpr std::size_t longest_number = 32;

/// Writes a number, and returns its end. It has as many digits as prometheus-cpp gives it.
char* write(char* to, double value) {
  constexpr double exact = 1e15;
  if (value >= 0 && value < exact && value == std::floor(value) && !std::signbit(value))
    return std::to_chars(to, to + longest_number, static_cast<std::uint64_t>(value)).ptr;
  return std::to_chars(to, to + longest_number, value, std::chars_format::general, 16).ptr;
}

char* write(char* to, std::uint64_t value) {
  return std::to_chars(to, to + longest_number, value).ptr;
}

char* write(char* to, std::string_view text) {
  std::memcpy(to, text.data(), text.size());
  return to + text.size();
}

/// Returns a label such as: timer="GET /"
std::string label(std::string_view name, std::string_view value) {
  std::string text(name);
  text += "=\"";
  for (const char c : value) {
    if (c == '\n') {
      text += "\\n";
    } else {
      if (c == '\\' || c == '"') text += '\\';
      text += c;
    }
  }
  return text += '"';
}

class Text final : SeriesSink {
 public:
  Text(const PrometheusOptions& options, std::span<const TimerSnapshot> timers)
      : options_(options), timers_(timers), histograms_(options) {
    for (const double bound : options.buckets) {
      char digits[longest_number];
      les_.push_back(std::string(digits, write(digits, bound)) + "\"} ");
    }
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
    constexpr std::string_view types[]{"counter", "gauge", "summary", "histogram"};
    name_ = options_.prefix + std::string{metric.name};
    append("# HELP ", name_, " ", metric.help, "\n# TYPE ", name_, " ",
           types[static_cast<std::size_t>(metric.type)], "\n");
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

  void histogram(const DurationSummary& of, std::uint64_t count) override {
    count_and_sum(count, of);
    const auto counts = histograms_.counts(of, count);
    std::string head = name_;
    head.append("_bucket").append(its_).append(",le=\"");
    lines_.resize(
        std::max(lines_.size(), (counts.size() + 1) * (head.size() + 3 * longest_number)));
    char* end = lines_.data();
    const auto bucket = [&](const std::string& le, std::uint64_t number) {
      end = write(write(write(end, head), le), number);
      *end++ = '\n';
    };
    for (std::size_t i = 0; i < counts.size(); ++i) bucket(les_[i], counts[i]);
    bucket(les_.back(), count);
    text_.append(lines_.data(), end);
  }

  const PrometheusOptions& options_;
  const std::span<const TimerSnapshot> timers_;
  const Histograms histograms_;
  std::vector<std::string> les_;     // of each bound: le's value, and what comes after it
  std::vector<std::string> labels_;  // of each timer, without the end
  std::string name_;                 // the metric's
  std::string_view its_;             // the labels of the timer at hand
  std::string lines_;                // of a histogram
  std::string text_;
};

}  // namespace

std::string timers_text(std::vector<TimerSnapshot> timers, const PrometheusOptions& options) {
  const auto sums = one_of_each_name(std::move(timers));
  Text text{options, sums};
  for (const TimerMetric& metric : timer_metrics()) text.add(metric);
  return std::move(text).take();
}

}  // namespace perf_timer::inline v0_1::detail
