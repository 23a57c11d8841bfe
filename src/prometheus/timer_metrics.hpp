//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/timer_snapshot.hpp>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace perf_timer::inline v0_1::detail {

/// Takes the series of one metric, one timer after the other.
class SeriesSink {
 public:
  /// Names and values that a series has besides those of its timer. Values are UTF-8.
  using MoreLabels = std::span<const std::pair<std::string_view, std::string>>;

  using Exemplars = std::span<const Exemplar>;

  virtual void value(double value, MoreLabels more = {}) = 0;
  /// Takes a count and a sum, which are two series. A histogram of what seldom happens would be
  /// many.
  virtual void summary(const DurationSummary& of) = 0;
  /// `exemplars` are some of its samples.
  virtual void histogram(const DurationSummary& of, std::uint64_t count,
                         Exemplars exemplars = {}) = 0;

 protected:
  ~SeriesSink() = default;
};

enum class TimerMetricType : unsigned char { counter, gauge, summary, histogram };

/// A metric that timers have, and what a timer adds to it.
struct TimerMetric {
  std::string_view name;  ///< without the prefix
  std::string_view help;
  TimerMetricType type;
  void (*add)(SeriesSink&, const TimerSnapshot&);
};

/// Returns all of them, in the order in which they are shown.
[[nodiscard]] std::span<const TimerMetric> timer_metrics() noexcept;

}  // namespace perf_timer::inline v0_1::detail
