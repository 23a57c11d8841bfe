//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/timer_snapshot.hpp>

#include "timer_metrics.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace perf_timer::inline v0_1::detail {

/// What Prometheus' text 0.0.4 and OpenMetrics 1.0.0 are made of. They differ in the names of
/// counters, in how a bound is written, and in what only OpenMetrics has: units, exemplars and an
/// end.
enum class TextFormat : unsigned char { prometheus, openmetrics };

inline constexpr std::string_view end_of_openmetrics = "# EOF\n";

inline constexpr std::size_t longest_number = 32;
/// Write something, and return its end. A `double` has as many digits as prometheus-cpp gives it.
char* write(char* to, double value) noexcept;
char* write(char* to, std::uint64_t value) noexcept;
char* write(char* to, std::string_view text) noexcept;

/// Returns a label such as: timer="GET /"
[[nodiscard]] std::string label(std::string_view name, std::string_view value);

/// Returns the value of the label `le`.
[[nodiscard]] std::string bound_text(double bound, TextFormat format);

/// Returns the lines that stand before the series of a metric.
[[nodiscard]] std::string head_of(std::string_view metric, std::string_view help,
                                  TimerMetricType type, TextFormat format);

/// Returns what stands behind a bucket whose exemplar this is; empty if its labels can't be one's.
[[nodiscard]] std::string exemplar_text(const Exemplar& exemplar);

}  // namespace perf_timer::inline v0_1::detail
