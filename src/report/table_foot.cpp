//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "table_foot.hpp"

#include <perf_timer/detail/report/labels.hpp>
#include <perf_timer/detail/report/text.hpp>

#include "idle_text.hpp"
#include "shares.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace perf_timer::inline v0_1::detail {
namespace {

std::string figure(std::chrono::nanoseconds time) {
  return duration_text(static_cast<double>(time.count()), 3, short_units);
}

std::string overhead_text(const Rows& rows) {
  auto least = FractionalNanoseconds::max(), most = FractionalNanoseconds::zero();
  bool any_too_short = false;
  for (const TimerSnapshot* timer : rows) {
    if (timer->overhead == FractionalNanoseconds::zero()) continue;
    least = std::min(least, timer->overhead);
    most = std::max(most, timer->overhead);
    any_too_short = any_too_short || cost_is_noticeable(*timer);
  }
  if (most == FractionalNanoseconds::zero()) return {};
  const auto rounded = [](FractionalNanoseconds cost) {
    return duration_text(std::round(cost.count()), 3, short_units);
  };
  std::string text = "measuring a run costs " + rounded(least);
  if (rounded(least) != rounded(most)) text += " to " + rounded(most);
  text += " on this machine\n";
  if (any_too_short)
    text += "*: its average busy time is less than ten times that, and includes part of it\n";
  return text;
}

void add_reasons(std::string& text, std::string_view outcome, const TimerSnapshot& timer,
                 const std::vector<LostCount>& reasons) {
  for (const LostCount& one : reasons) {
    text.append(outcome).append(" ").append(std::to_string(one.count));
    text += " of \"" + escaped(labelled_name(timer)) + "\": " + escaped(one.reason) + "\n";
    if (!one.remedy.empty()) text += "  remedy: " + escaped(one.remedy) + "\n";
  }
}

std::string figures(std::string_view title, const DurationSummary& series) {
  if (series.count == 0) return {};
  std::string text{title};
  text += " avg " + figure(series.mean);
  if (!series.quantiles.empty()) {
    const Quantile& highest = series.quantiles.back();
    text += ", " + quantile_label(highest.probability) + " " + figure(highest.value);
  }
  if (series.has_extremes) text += ", max " + figure(series.max);
  return text;
}

std::string failed_runs_text(const TimerSnapshot& timer) {
  if (timer.failed_elapsed.count == 0) return {};
  std::string text = "failed " + std::to_string(timer.failed) + " of \"" +
                     escaped(labelled_name(timer)) +
                     "\": " + figures("elapsed", timer.failed_elapsed);
  if (timer.kind != TimerKind::scope && timer.failed_busy.count != 0)
    text += "; " + figures("busy", timer.failed_busy);
  return text + "\n";
}

/// Says where the timer's runs waited, if that is known of any wait, and they waited for a part of
/// their time that is worth a line.
std::string waits_text(const TimerSnapshot& timer) {
  const auto queued = timer.queued.total, held = timer.queued_held, free = timer.queued_free;
  if ((held + free).count() <= 0 || 100 * queued < timer.complete_elapsed) return {};
  const auto of_queued = shares({{held, free, queued - held - free}});
  std::string text = "queued of \"" + escaped(labelled_name(timer)) + "\": ";
  text += of_queued[0] + " for a strand that another function held, ";
  text += of_queued[1] + " for a thread";
  if (of_queued[2] != "0%" && of_queued[2] != "<1%")
    text += ", " + of_queued[2] + " for what isn't known";
  return text + "\n";
}

/// Says for how much of its busy time the timer was seen on a processor.
std::string cpu_text(const TimerSnapshot& timer) {
  if (timer.cpu.count == 0 || timer.cpu_busy.count() <= 0) return {};
  const auto share = shares({{timer.cpu.total, timer.cpu_busy - timer.cpu.total}});
  return "busy of \"" + escaped(labelled_name(timer)) + "\": " + share[0] + " on a processor, " +
         share[1] + " blocked or preempted, in " + std::to_string(timer.cpu.count) +
         " sampled runs\n";
}

/// Says in how many steps the timer's runs executed, if it was in several.
std::string steps_text(const TimerSnapshot& timer) {
  const std::uint64_t runs = timer.runs - timer.partial;
  if (runs == 0 || timer.steps <= runs) return {};
  const double each = static_cast<double>(timer.steps) / static_cast<double>(runs);
  const std::string tenths = std::to_string(std::llround(10 * each));
  std::string text = "steps of \"" + escaped(labelled_name(timer)) + "\": ";
  text += tenths.substr(0, tenths.size() - 1) + "." + tenths.back() + " a run";
  if (timer.longest_step.count() > 0) text += ", the longest " + figure(timer.longest_step);
  return text + "\n";
}

std::string reasons_text(const Rows& rows) {
  std::string text;
  for (const TimerSnapshot* timer : rows) text += waits_text(*timer);
  for (const TimerSnapshot* timer : rows) text += idle_text(*timer);
  for (const TimerSnapshot* timer : rows) text += steps_text(*timer);
  for (const TimerSnapshot* timer : rows) text += cpu_text(*timer);
  for (const TimerSnapshot* timer : rows)
    add_reasons(text, "partial", *timer, timer->partial_reasons);
  for (const TimerSnapshot* timer : rows) text += failed_runs_text(*timer);
  for (const TimerSnapshot* timer : rows) add_reasons(text, "lost", *timer, timer->lost_reasons);
  for (const TimerSnapshot* timer : rows)
    if (timer->stalls != 0 && timer->longest_stall)
      text += "stalls " + std::to_string(timer->stalls) + " of \"" + escaped(timer->name) +
              "\": the longest for at least " + figure(*timer->longest_stall) + "\n";
  for (const TimerSnapshot* timer : rows)
    if (timer->oldest_open)
      text += "open " + std::to_string(timer->open) + " of \"" + escaped(timer->name) +
              "\": the oldest for " + figure(*timer->oldest_open) + "\n";
  for (const TimerSnapshot* timer : rows)
    if (timer->oldest_waiting)
      text += "waiting " + std::to_string(timer->waiting) + " of \"" + escaped(timer->name) +
              "\": the oldest for " + figure(*timer->oldest_waiting) + "\n";
  return text;
}

}  // namespace

std::string table_foot(const Rows& rows, std::size_t never_ran) {
  std::string text;
  for (const Trouble& trouble : troubles) {
    if (occurs(trouble, rows))
      text.append(trouble.title).append(": ").append(trouble.meaning).append("\n");
  }
  text += reasons_text(rows);
  const bool plain = std::any_of(rows.begin(), rows.end(), [](const TimerSnapshot* timer) {
    return timer->runs > 0 && timer->kind == TimerKind::scope;
  });
  if (plain)
    text +=
        "a timer without shares measures from start to end: its busy time is its elapsed time\n";
  text += overhead_text(rows);
  if (never_ran == 1) text += "1 timer never ran and is left out\n";
  if (never_ran > 1) text += std::to_string(never_ran) + " timers never ran and are left out\n";
  return text;
}

}  // namespace perf_timer::inline v0_1::detail
