//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/prometheus/validate.hpp>
#include <perf_timer/prometheus_options.hpp>

#include <perf_timer/detail/report/labels.hpp>
#include <perf_timer/detail/report/utf8.hpp>

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string_view>

namespace perf_timer::inline v0_1::detail {
namespace {

// The functions of <cctype> depend on the locale.
constexpr bool is_letter(char c) noexcept {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

constexpr bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

bool is_metric_name(std::string_view name) noexcept {
  const auto begins = [](char c) { return is_letter(c) || c == ':'; };
  return !name.empty() && begins(name.front()) &&
         std::all_of(name.begin(), name.end(), [&](char c) { return begins(c) || is_digit(c); });
}

[[noreturn]] void throw_invalid(std::string_view what, std::string_view given,
                                std::string_view wanted) {
  throw std::invalid_argument("PrometheusOptions: " + std::string{what} + " \"" +
                              valid_utf8(given) + "\" " + std::string{wanted});
}

void validate_buckets(const std::vector<double>& buckets) {
  if (buckets.empty()) {
    throw std::invalid_argument(
        "PrometheusOptions: no bucket was given; give at least one upper bound in seconds");
  }
  double last = 0;
  for (const double bound : buckets) {
    if (!std::isfinite(bound) || bound <= 0)
      throw_invalid("the bucket", std::to_string(bound),
                    "isn't a positive, finite number of seconds");
    // The text has 16 digits of each bound. Bounds that differ by less would be the same series
    // twice.
    if (bound <= last * (1 + 1e-12))
      throw_invalid("the bucket", std::to_string(bound), "isn't greater than the one before it");
    last = bound;
  }
}

}  // namespace

void validate(const PrometheusOptions& options) {
  if (!is_metric_name(options.prefix)) {
    throw_invalid(
        "the prefix", options.prefix,
        "can't begin a Prometheus metric name; use letters, digits, _ and :, and no digit first");
  }
  check_labels("PrometheusOptions", options.labels);
  validate_buckets(options.buckets);
}

}  // namespace perf_timer::inline v0_1::detail
