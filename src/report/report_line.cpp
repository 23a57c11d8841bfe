//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/report_line.hpp>

#include <perf_timer/format_duration.hpp>

#include "text.hpp"

#include <cstdint>
#include <string_view>

namespace perf_timer::inline v0_1 {
namespace {

// The maximum is measured, not estimated, so it gets one more digit.
constexpr int max_digits = 4;

std::string samples_text(const TimerSnapshot& timer) {
  if (timer.runs == 0) return "no samples";
  const DurationSummary& busy = timer.busy;
  if (timer.runs == 1) return format_duration(busy.mean);

  std::string text = "average " + format_duration(busy.mean);
  if (busy.has_stddev && busy.quantiles.empty()) text += " +/- " + format_duration(busy.stddev);
  for (const Quantile& quantile : busy.quantiles) {
    text += ", " + detail::quantile_label(quantile.probability) +
            " <= " + format_duration(quantile.value);
  }
  text += ", max " + format_duration(busy.max, max_digits);
  text += " in " + std::to_string(timer.runs) + " runs";
  return text;
}

std::string count_text(std::uint64_t count, std::string_view what) {
  if (count == 0) return {};
  return ", " + std::to_string(count) + " " + std::string{what};
}

}  // namespace

std::string report_line(const TimerSnapshot& timer) {
  if (timer.runs == 0 && timer.failed == 0 && timer.lost == 0 && timer.dropped == 0) return {};
  return "timer \"" + detail::escaped(timer.name) + "\": " + samples_text(timer) +
         count_text(timer.failed, "failed") + count_text(timer.lost, "lost") +
         count_text(timer.dropped, "dropped");
}

}  // namespace perf_timer::inline v0_1
