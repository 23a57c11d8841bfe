//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/report/duration_columns.hpp>

#include <perf_timer/detail/report/text.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <iterator>
#include <optional>
#include <utility>

namespace perf_timer::inline v0_1::detail {
namespace {

using std::chrono::nanoseconds;

template <class Function>
DurationColumn durations(std::string title, const SeriesOfRows& rows, Function value) {
  DurationColumn result{std::move(title), {}};
  for (const DurationSummary* series : rows) result.values.push_back(value(*series));
  return result;
}

}  // namespace

DurationColumn averages(const SeriesOfRows& rows) {
  return durations("avg", rows, [](const DurationSummary& series) -> std::optional<nanoseconds> {
    return series.count > 0 ? std::optional{series.mean} : std::nullopt;
  });
}

void add_quantiles(std::vector<DurationColumn>& columns, const SeriesOfRows& rows, bool all) {
  std::vector<std::pair<double, std::string>> wanted;
  for (const DurationSummary* series : rows) {
    const auto& quantiles = series->quantiles;
    if (series->count == 0 || quantiles.empty()) continue;
    const auto begin = all ? quantiles.begin() : std::prev(quantiles.end());
    for (auto q = begin; q != quantiles.end(); ++q) {
      auto label = quantile_label(q->probability);
      const bool known = std::any_of(wanted.begin(), wanted.end(),
                                     [&](const auto& other) { return other.second == label; });
      if (!known) wanted.emplace_back(q->probability, std::move(label));
    }
  }
  std::sort(wanted.begin(), wanted.end());

  for (const auto& quantile : wanted) {
    const std::string& label = quantile.second;
    columns.push_back(
        durations(label, rows, [&](const DurationSummary& series) -> std::optional<nanoseconds> {
          const auto found = std::find_if(
              series.quantiles.begin(), series.quantiles.end(),
              [&](const Quantile& q) { return quantile_label(q.probability) == label; });
          if (series.count == 0 || found == series.quantiles.end()) return {};
          return found->value;
        }));
  }
}

TextColumnGroup duration_group(std::string title, const std::vector<DurationColumn>& columns) {
  MaybeDurations all;
  for (const DurationColumn& column : columns)
    all.insert(all.end(), column.values.begin(), column.values.end());
  const std::size_t unit = common_unit(all);
  TextColumnGroup group{std::move(title), {}};
  if (std::any_of(all.begin(), all.end(), [](const auto& value) { return value.has_value(); }))
    group.title.append(" (").append(short_units[unit]).append(")");
  for (const DurationColumn& column : columns)
    group.columns.push_back({column.title, aligned(column.values, unit)});
  return group;
}

TextColumnGroup series_group(std::string title, const SeriesOfRows& rows, bool average) {
  std::vector<DurationColumn> columns;
  if (average) columns.push_back(averages(rows));
  add_quantiles(columns, rows, false);
  if (columns.empty()) columns.push_back(averages(rows));
  return duration_group(std::move(title), columns);
}

}  // namespace perf_timer::inline v0_1::detail
