//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/export.hpp>
#include <perf_timer/timer_snapshot.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace perf_timer::inline v0_1::detail {

/// Names and values, as `TimerOptions` and `PrometheusOptions` have them.
using Labels = std::vector<std::pair<std::string, std::string>>;

/// Returns whether Prometheus takes it as the name of a label.
[[nodiscard]] PERF_TIMER_EXPORT bool is_label_name(std::string_view name) noexcept;

/// Throws `std::invalid_argument` if a name occurs twice, isn't one for Prometheus, or is one that
/// the exporters set themselves. `whose` begins the message, such as `PrometheusOptions`.
PERF_TIMER_EXPORT void check_labels(std::string_view whose, const Labels& labels);

/// Returns the name with the labels, as texts show it: `request{method=GET, zone=eu}`.
[[nodiscard]] PERF_TIMER_EXPORT std::string labelled_name(std::string_view name,
                                                          const Labels& labels);
[[nodiscard]] inline std::string labelled_name(const TimerSnapshot& timer) {
  return labelled_name(timer.name, timer.labels);
}

}  // namespace perf_timer::inline v0_1::detail
