//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "table_foot.hpp"

#include "text.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>

namespace perf_timer::inline v0_1::detail {
namespace {

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

std::string lost_runs_text(const Rows& rows) {
  std::string text;
  for (const TimerSnapshot* timer : rows) {
    for (const LostCount& lost : timer->lost_reasons) {
      text += "lost " + std::to_string(lost.count) + " of \"" + escaped(timer->name) +
              "\": " + escaped(lost.reason) + "\n";
      if (!lost.remedy.empty()) text += "  remedy: " + escaped(lost.remedy) + "\n";
    }
  }
  return text;
}

}  // namespace

std::string table_foot(const Rows& rows, std::size_t never_ran) {
  std::string text;
  for (const Trouble& trouble : troubles) {
    if (occurs(trouble, rows))
      text.append(trouble.title).append(": ").append(trouble.meaning).append("\n");
  }
  text += lost_runs_text(rows);
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
