//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/prometheus/validate.hpp>
#include <perf_timer/prometheus_options.hpp>

#include <perf_timer/detail/report/utf8.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <stdexcept>
#include <string_view>

namespace perf_timer::inline v0_1::detail {
namespace {

// Not those of <cctype>, which depend on the locale.
constexpr bool is_letter(char c) noexcept {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

constexpr bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

bool is_metric_name(std::string_view name) noexcept {
  const auto begins = [](char c) { return is_letter(c) || c == ':'; };
  return !name.empty() && begins(name.front()) &&
         std::all_of(name.begin(), name.end(), [&](char c) { return begins(c) || is_digit(c); });
}

bool is_label_name(std::string_view name) noexcept {
  return is_metric_name(name) && name.find(':') == name.npos;
}

[[noreturn]] void refuse(std::string_view what, std::string_view given, std::string_view wanted) {
  throw std::invalid_argument("PrometheusOptions: " + std::string{what} + " \"" +
                              valid_utf8(given) + "\" " + std::string{wanted});
}

void validate_label(std::string_view name) {
  constexpr std::array<std::string_view, 4> ours{"timer", "kind", "reason", "le"};
  if (!is_label_name(name)) {
    refuse("the label", name,
           "is no name of Prometheus'; letters, digits and _ would do, and no digit first");
  }
  if (name.starts_with("__"))
    refuse("the label", name, "begins with __, which Prometheus keeps to itself; leave that out");
  if (std::find(ours.begin(), ours.end(), name) != ours.end())
    refuse("the label", name, "is set by perf_timer itself, as timer, kind, reason and le are");
}

void validate_buckets(const std::vector<double>& buckets) {
  if (buckets.empty()) {
    throw std::invalid_argument(
        "PrometheusOptions: there is no bucket; give at least one upper bound in seconds");
  }
  double last = 0;
  for (const double bound : buckets) {
    if (!std::isfinite(bound) || bound <= 0)
      refuse("the bucket", std::to_string(bound), "is no positive, finite number of seconds");
    // The text has 16 digits of each: what differs by less would be the same series twice.
    if (bound <= last * (1 + 1e-12))
      refuse("the bucket", std::to_string(bound), "isn't greater than the one before it");
    last = bound;
  }
}

}  // namespace

void validate(const PrometheusOptions& options) {
  if (!is_metric_name(options.prefix)) {
    refuse("the prefix", options.prefix,
           "begins no name of Prometheus'; letters, digits, _ and : would do, and no digit first");
  }
  for (auto label = options.labels.begin(); label != options.labels.end(); ++label) {
    validate_label(label->first);
    const auto same = [&](const auto& other) { return other.first == label->first; };
    if (std::any_of(options.labels.begin(), label, same))
      refuse("the label", label->first, "is there twice");
  }
  validate_buckets(options.buckets);
}

}  // namespace perf_timer::inline v0_1::detail
