//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/report/labels.hpp>
#include <perf_timer/detail/report/utf8.hpp>
#include <perf_timer/prometheus_options.hpp>
#include <perf_timer/timer_snapshot.hpp>

#include <algorithm>
#include <string>

namespace perf_timer::inline v0_1::detail {

/// Returns the labels of a timer's series: its own, and those of the options that it hasn't itself.
[[nodiscard]] inline Labels timer_labels(const TimerSnapshot& timer,
                                         const PrometheusOptions& options) {
  Labels labels{{"timer", timer.name}, {"kind", std::string{to_string(timer.kind)}}};
  labels.insert(labels.end(), timer.labels.begin(), timer.labels.end());
  for (const auto& option : options.labels) {
    const auto is_it = [&](const auto& own) { return own.first == option.first; };
    if (!option.second.empty() && std::none_of(timer.labels.begin(), timer.labels.end(), is_it))
      labels.emplace_back(option.first, valid_utf8(option.second));
  }
  return labels;
}

}  // namespace perf_timer::inline v0_1::detail
