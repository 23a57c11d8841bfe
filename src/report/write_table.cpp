//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/report/write_table.hpp>

#include "text.hpp"
#include "text_table.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <ostream>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace perf_timer {
namespace {

using detail::TextColumn;
using detail::TextColumnGroup;
using Rows = std::vector<const TimerSnapshot*>;
using Summary = DurationSummary TimerSnapshot::*;
using Count = std::uint64_t TimerSnapshot::*;

constexpr std::size_t name_limit = 40;
constexpr std::string_view none = "-";

bool ran(const TimerSnapshot& timer) {
  return timer.runs > 0 || timer.failed > 0 || timer.lost > 0 || timer.dropped > 0;
}

// A timer that knows only how long a run took, and shows that as busy too: no share applies.
bool is_plain(const TimerSnapshot& timer) {
  return timer.queued.count == 0 && timer.busy.total == timer.elapsed.total;
}

std::string duration_cell(std::chrono::nanoseconds value) {
  return detail::duration_text(static_cast<double>(value.count()), 3, detail::short_units);
}

std::string share_cell(std::chrono::nanoseconds part, std::chrono::nanoseconds whole) {
  if (whole.count() <= 0) return std::string{none};
  const double percent =
      100 * static_cast<double>(part.count()) / static_cast<double>(whole.count());
  if (percent > 0 && percent < 1) return "<1%";
  return std::to_string(std::llround(percent)) + "%";
}

template <class Function>
TextColumn column(std::string title, const Rows& rows, Function cell) {
  TextColumn result{std::move(title), {}};
  for (const TimerSnapshot* timer : rows) result.cells.emplace_back(cell(*timer));
  return result;
}

TextColumn average_column(const Rows& rows, Summary summary) {
  return column("avg", rows, [=](const TimerSnapshot& timer) {
    const DurationSummary& s = timer.*summary;
    return s.count > 0 ? duration_cell(s.mean) : std::string{none};
  });
}

enum class Which { all, highest };

// A column for each quantile that one of the timers with samples estimates, or that is its highest.
// Quantiles that would have the same title are the same.
void add_quantile_columns(TextColumnGroup& group, const Rows& rows, Summary summary, Which which) {
  std::vector<std::pair<double, std::string>> wanted;
  for (const TimerSnapshot* timer : rows) {
    const auto& quantiles = (timer->*summary).quantiles;
    if ((timer->*summary).count == 0 || quantiles.empty()) continue;
    const auto begin = which == Which::all ? quantiles.begin() : std::prev(quantiles.end());
    for (auto q = begin; q != quantiles.end(); ++q) {
      auto label = detail::quantile_label(q->probability);
      const bool known = std::any_of(wanted.begin(), wanted.end(),
                                     [&](const auto& other) { return other.second == label; });
      if (!known) wanted.emplace_back(q->probability, std::move(label));
    }
  }
  std::sort(wanted.begin(), wanted.end());

  for (const auto& quantile : wanted) {
    const std::string& label = quantile.second;
    group.columns.push_back(column(label, rows, [&](const TimerSnapshot& timer) {
      const DurationSummary& s = timer.*summary;
      const auto found = std::find_if(
          s.quantiles.begin(), s.quantiles.end(),
          [&](const Quantile& q) { return detail::quantile_label(q.probability) == label; });
      return s.count > 0 && found != s.quantiles.end() ? duration_cell(found->value)
                                                       : std::string{none};
    }));
  }
}

struct Trouble {
  std::string_view title, meaning;
  Count count;
};

constexpr Trouble troubles[] = {
    {"failed", "left by an exception, not a sample", &TimerSnapshot::failed},
    {"lost", "could not be measured to the end, not a sample", &TimerSnapshot::lost},
    {"dropped", "submitted, and destroyed without running", &TimerSnapshot::dropped},
};

bool occurs(const Trouble& trouble, const Rows& rows) {
  return std::any_of(rows.begin(), rows.end(),
                     [&](const TimerSnapshot* timer) { return timer->*trouble.count > 0; });
}

/// Whether a good part of what the timer shows is its own price.
bool is_too_short(const TimerSnapshot& timer) {
  return timer.runs > 0 && timer.busy.mean < 10 * timer.overhead;
}

std::vector<TextColumnGroup> groups_of(const Rows& rows) {
  TextColumnGroup names{"", {column("timer", rows, [](const TimerSnapshot& timer) {
                          return detail::shortened(detail::escaped(timer.name), name_limit) +
                                 (is_too_short(timer) ? " *" : "");
                        })}};

  TextColumnGroup counts{"", {column("runs", rows, [](const TimerSnapshot& timer) {
                           return std::to_string(timer.runs);
                         })}};
  for (const Trouble& trouble : troubles) {
    if (!occurs(trouble, rows)) continue;
    counts.columns.push_back(column(std::string{trouble.title}, rows, [&](const auto& timer) {
      return std::to_string(timer.*trouble.count);
    }));
  }

  TextColumnGroup busy{"busy", {average_column(rows, &TimerSnapshot::busy)}};
  add_quantile_columns(busy, rows, &TimerSnapshot::busy, Which::all);
  busy.columns.push_back(column("max", rows, [](const TimerSnapshot& timer) {
    return timer.busy.count > 0 ? duration_cell(timer.busy.max) : std::string{none};
  }));

  TextColumnGroup queued{"queued", {average_column(rows, &TimerSnapshot::queued)}};
  add_quantile_columns(queued, rows, &TimerSnapshot::queued, Which::highest);

  TextColumnGroup elapsed{"elapsed", {average_column(rows, &TimerSnapshot::elapsed)}};
  add_quantile_columns(elapsed, rows, &TimerSnapshot::elapsed, Which::highest);

  const auto share = [&](std::string title, auto part) {
    return column(std::move(title), rows, [=](const TimerSnapshot& timer) {
      return is_plain(timer) ? std::string{none} : share_cell(part(timer), timer.elapsed.total);
    });
  };
  TextColumnGroup shares{"share of elapsed", {}};
  shares.columns.push_back(share("busy", [](const auto& timer) { return timer.busy.total; }));
  shares.columns.push_back(column("queued", rows, [](const TimerSnapshot& timer) {
    return timer.queued.count == 0 ? std::string{none}
                                   : share_cell(timer.queued.total, timer.elapsed.total);
  }));
  shares.columns.push_back(share("idle", [](const auto& timer) { return timer.idle(); }));

  return {names, counts, busy, queued, elapsed, shares};
}

std::string price_of(const Rows& rows) {
  auto least = FractionalNanoseconds::max(), most = FractionalNanoseconds::zero();
  bool any_too_short = false;
  for (const TimerSnapshot* timer : rows) {
    if (timer->overhead == FractionalNanoseconds::zero()) continue;
    least = std::min(least, timer->overhead);
    most = std::max(most, timer->overhead);
    any_too_short = any_too_short || is_too_short(*timer);
  }
  if (most == FractionalNanoseconds::zero()) return {};
  const auto rounded = [](FractionalNanoseconds cost) {
    return duration_cell(std::chrono::round<std::chrono::nanoseconds>(cost));
  };
  std::string text = "to measure a run costs " + rounded(least);
  if (rounded(least) != rounded(most)) text += " to " + rounded(most);
  text += " here\n";
  if (any_too_short)
    text += "*: on average it executes for less than ten times that, and shows much of it\n";
  return text;
}

std::string foot_of(const Rows& rows, std::size_t never_ran) {
  std::string text;
  for (const Trouble& trouble : troubles) {
    if (occurs(trouble, rows)) {
      text.append(trouble.title).append(": ").append(trouble.meaning).append("\n");
    }
  }
  for (const TimerSnapshot* timer : rows) {
    for (const LostCount& lost : timer->lost_reasons) {
      text += "lost " + std::to_string(lost.count) + " of \"" + detail::escaped(timer->name) +
              "\": " + detail::escaped(lost.reason) + "\n";
    }
  }
  const bool plain = std::any_of(rows.begin(), rows.end(), [](const TimerSnapshot* timer) {
    return timer->runs > 0 && is_plain(*timer);
  });
  if (plain) text += "a timer without shares times a run from start to end: busy is elapsed\n";
  text += price_of(rows);
  if (never_ran == 1) text += "1 timer never ran and is left out\n";
  if (never_ran > 1) text += std::to_string(never_ran) + " timers never ran and are left out\n";
  return text;
}

}  // namespace

void write_table(std::ostream& out, std::span<const TimerSnapshot> timers) {
  Rows rows;
  for (const TimerSnapshot& timer : timers) {
    if (ran(timer)) rows.push_back(&timer);
  }
  // By address last: timers of one name and time stay in the order given.
  std::sort(rows.begin(), rows.end(), [](const TimerSnapshot* a, const TimerSnapshot* b) {
    return std::tie(b->busy.total, a->name, a) < std::tie(a->busy.total, b->name, b);
  });

  std::string text;
  if (rows.empty()) {
    text = "perf_timer: no timer ran\n";
  } else {
    text =
        "perf_timer: times are per run, in ns, us, ms or s; "
        "the timer with the most busy time in total comes first\n"
        "busy: it executes; queued: it is ready, and waits for a thread or a strand; "
        "idle: it waits for I/O or a timer\n\n" +
        detail::text_table(groups_of(rows));
  }
  const std::string foot = foot_of(rows, timers.size() - rows.size());
  if (!rows.empty() && !foot.empty()) text += '\n';
  text += foot;
  out.write(text.data(), static_cast<std::streamsize>(text.size()));
}

}  // namespace perf_timer
