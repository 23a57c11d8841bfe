//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "table_columns.hpp"

#include <perf_timer/detail/report/duration_columns.hpp>
#include <perf_timer/detail/report/labels.hpp>
#include <perf_timer/detail/report/text.hpp>

#include "share_bar.hpp"
#include "shares.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>

namespace perf_timer::inline v0_1::detail {
namespace {

using Summary = DurationSummary TimerSnapshot::*;

constexpr std::string_view none = "-";
constexpr std::size_t bar_width = 10;

template <class Function>
TextColumn column(std::string title, const Rows& rows, Function cell) {
  TextColumn result{std::move(title), {}};
  for (const TimerSnapshot* timer : rows) result.cells.emplace_back(cell(*timer));
  return result;
}

SeriesOfRows series_of(const Rows& rows, Summary summary) {
  SeriesOfRows result;
  for (const TimerSnapshot* timer : rows) result.push_back(&(timer->*summary));
  return result;
}

TextColumnGroup name_group(const Rows& rows, std::size_t limit, bool colour) {
  return {"", {column("timer", rows, [&](const TimerSnapshot& timer) {
            return shortened(escaped(labelled_name(timer)), limit) +
                   (cost_is_noticeable(timer) ? styled(" *", Style::dim, colour) : "");
          })}};
}

TextColumnGroup count_group(const Rows& rows, bool colour) {
  TextColumnGroup group{"", {column("runs", rows, [](const TimerSnapshot& timer) {
                          return std::to_string(timer.runs);
                        })}};
  for (const Trouble& trouble : troubles) {
    if (!occurs(trouble, rows)) continue;
    group.columns.push_back(column(std::string{trouble.title}, rows, [&](const auto& timer) {
      const std::uint64_t count = timer.*trouble.count;
      const bool is_open =
          trouble.count == &TimerSnapshot::open || trouble.count == &TimerSnapshot::waiting;
      const Style style = count == 0 || is_open                      ? Style::plain
                          : trouble.count == &TimerSnapshot::partial ? Style::warning
                                                                     : Style::bad;
      return styled(std::to_string(count), style, colour);
    }));
  }
  return group;
}

TextColumnGroup busy_group(const Rows& rows, bool all_quantiles) {
  const SeriesOfRows busy = series_of(rows, &TimerSnapshot::busy);
  std::vector<DurationColumn> columns{averages(busy)};
  add_quantiles(columns, busy, all_quantiles);
  DurationColumn longest{"max", {}};
  for (const DurationSummary* series : busy) {
    const bool known = series->count != 0 && series->has_extremes;
    longest.values.push_back(known ? std::optional{series->max} : std::nullopt);
  }
  columns.push_back(std::move(longest));
  return duration_group("busy", columns);
}

TextColumnGroup share_group(const Rows& rows, const TableDetail& detail, bool colour) {
  TextColumnGroup group{"share of elapsed", {}};
  const auto is_plain = [](const TimerSnapshot& timer) { return timer.kind == TimerKind::scope; };
  if (detail.bar) {
    group.columns.push_back(column("", rows, [&](const TimerSnapshot& timer) {
      return is_plain(timer) ? std::string{} : share_bar(timer, bar_width, colour);
    }));
  }
  if (!detail.shares_in_numbers) {
    if (!group.columns.empty())
      group.columns.front().title = {busy_mark, ' ', queued_mark, ' ', idle_mark};
    return group;
  }
  const auto share = [&](char mark, const char* title, std::size_t part) {
    return column(mark + std::string{title}, rows, [=](const TimerSnapshot& timer) {
      if (is_plain(timer) || timer.complete_elapsed.count() <= 0) return std::string{none};
      const Parts parts(timer);
      return shares({{parts.busy, parts.off_processor, parts.queued, parts.idle}}).at(part);
    });
  };
  group.columns.push_back(share(busy_mark, "busy", 0));
  if (has_off_processor(rows)) group.columns.push_back(share(off_processor_mark, "off CPU", 1));
  group.columns.push_back(share(queued_mark, "queued", 2));
  group.columns.push_back(share(idle_mark, "idle", 3));
  return group;
}

}  // namespace

bool occurs(const Trouble& trouble, const Rows& rows) {
  return std::any_of(rows.begin(), rows.end(),
                     [&](const TimerSnapshot* timer) { return timer->*trouble.count > 0; });
}

bool has_off_processor(const Rows& rows) {
  return std::any_of(rows.begin(), rows.end(),
                     [](const TimerSnapshot* timer) { return timer->off_processor.count() > 0; });
}

bool cost_is_noticeable(const TimerSnapshot& timer) {
  return timer.runs > timer.partial && timer.busy.mean < 10 * timer.overhead;
}

std::span<const TableDetail> table_details() {
  // Each leaves out what the one before does, and more. Never destroyed, as tables are written at
  // the very end of a program.
  static constexpr auto details = [] {
    std::array<TableDetail, 9> all{};
    const auto without = [&all](std::size_t level, auto member, auto value) {
      for (std::size_t i = level; i < all.size(); ++i) all[i].*member = value;
    };
    without(1, &TableDetail::name_limit, std::size_t{24});
    without(2, &TableDetail::shares_in_numbers, false);
    without(3, &TableDetail::averages, false);
    without(4, &TableDetail::all_quantiles, false);
    without(5, &TableDetail::elapsed, false);
    without(6, &TableDetail::name_limit, std::size_t{16});
    without(7, &TableDetail::queued, false);
    without(8, &TableDetail::bar, false);
    return all;
  }();
  return details;
}

std::vector<TextColumnGroup> columns_of(const Rows& rows, const TableDetail& detail, bool colour) {
  std::vector<TextColumnGroup> groups{name_group(rows, detail.name_limit, colour),
                                      count_group(rows, colour),
                                      busy_group(rows, detail.all_quantiles)};
  if (detail.queued)
    groups.push_back(
        series_group("queued", series_of(rows, &TimerSnapshot::queued), detail.averages));
  if (detail.elapsed)
    groups.push_back(
        series_group("elapsed", series_of(rows, &TimerSnapshot::elapsed), detail.averages));
  auto shares = share_group(rows, detail, colour);
  if (!shares.columns.empty()) groups.push_back(std::move(shares));
  return groups;
}

}  // namespace perf_timer::inline v0_1::detail
