//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/report_line.hpp>

#include <perf_timer/detail/report/labels.hpp>
#include <perf_timer/detail/report/text.hpp>
#include <perf_timer/format_duration.hpp>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace perf_timer::inline v0_1 {
namespace {

// The maximum is measured, not estimated, so it gets one more digit.
constexpr int max_digits = 4;

std::string samples_text(const TimerSnapshot& timer) {
  if (timer.runs == 0) return "no samples";
  // If all runs are partial, elapsed is all that is known.
  const bool all_partial = timer.partial == timer.runs;
  const DurationSummary& shown = all_partial ? timer.elapsed : timer.busy;
  const std::uint64_t runs = all_partial ? timer.runs : timer.runs - timer.partial;
  const std::string series = all_partial ? "elapsed " : "";
  if (runs == 1) return series + format_duration(shown.mean);

  std::string text = series + "average " + format_duration(shown.mean);
  if (shown.has_stddev && shown.quantiles.empty()) text += " +/- " + format_duration(shown.stddev);
  for (const Quantile& quantile : shown.quantiles) {
    text += ", " + detail::quantile_label(quantile.probability) +
            " <= " + format_duration(quantile.value);
  }
  text += ", max " + format_duration(shown.max, max_digits);
  text += " in " + std::to_string(runs) + " runs";
  return text;
}

std::string count_text(std::uint64_t count, std::string_view what, std::string_view why = {}) {
  if (count == 0) return {};
  std::string text = ", " + std::to_string(count) + " " + std::string{what};
  if (!why.empty()) text.append(" (").append(why).append(")");
  return text;
}

/// Returns the reason, or the commonest one.
std::string why(const std::vector<LostCount>& reasons) {
  const auto most =
      std::max_element(reasons.begin(), reasons.end(),
                       [](const auto& a, const auto& b) { return a.count < b.count; });
  if (most == reasons.end()) return {};
  return (reasons.size() > 1 ? "most: " : "") + detail::escaped(most->reason);
}

std::string after(const DurationSummary& elapsed) {
  if (elapsed.count == 0) return {};
  return "after " + format_duration(elapsed.mean) + (elapsed.count > 1 ? " on average" : "");
}

std::string for_how_long(std::uint64_t count, std::optional<std::chrono::nanoseconds> oldest) {
  if (!oldest) return {};
  return (count > 1 ? "the oldest for " : "for ") + format_duration(*oldest);
}

std::string oldest(const TimerSnapshot& timer) {
  std::string text = for_how_long(timer.open, timer.oldest_open);
  if (!timer.oldest_waiting) return text;
  // Of a timer of functions, which has no oldest open run.
  if (timer.open > 1) text += std::to_string(timer.waiting) + " ";
  text += timer.waiting > 1 ? "waiting, " : "waiting ";
  return text + for_how_long(timer.waiting, timer.oldest_waiting);
}

std::string_view partial_text(const TimerSnapshot& timer) {
  return timer.partial < timer.runs ? "more partial" : "partial";
}

}  // namespace

std::string report_line(const TimerSnapshot& timer) {
  if (timer.runs == 0 && timer.failed == 0 && timer.lost == 0 && timer.dropped == 0 &&
      timer.open == 0)
    return {};
  return "timer \"" + detail::escaped(detail::labelled_name(timer)) + "\": " + samples_text(timer) +
         count_text(timer.partial, partial_text(timer), why(timer.partial_reasons)) +
         count_text(timer.failed, "failed", after(timer.failed_elapsed)) +
         count_text(timer.lost, "lost", why(timer.lost_reasons)) +
         count_text(timer.dropped, "dropped") + count_text(timer.open, "open", oldest(timer));
}

}  // namespace perf_timer::inline v0_1
