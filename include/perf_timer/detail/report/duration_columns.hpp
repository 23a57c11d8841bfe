//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/report/aligned_durations.hpp>
#include <perf_timer/detail/report/text_table.hpp>
#include <perf_timer/duration_summary.hpp>

#include <string>
#include <vector>

/// Columns of a table that show series of durations.
namespace perf_timer::inline v0_1::detail {

/// One series a row.
using SeriesOfRows = std::vector<const DurationSummary*>;

struct DurationColumn {
  std::string title;
  MaybeDurations values;
};

/// Returns the column of the means.
[[nodiscard]] DurationColumn averages(const SeriesOfRows& rows);

/// Adds a column for each quantile that a series with samples has; unless `all`, only for the
/// highest of each series. Quantiles with the same title share a column.
void add_quantiles(std::vector<DurationColumn>& columns, const SeriesOfRows& rows, bool all);

/// Returns columns that share one unit, which the title names.
[[nodiscard]] TextColumnGroup duration_group(std::string title,
                                             const std::vector<DurationColumn>& columns);

/// Returns the columns of the means, unless there is something else to show, and of the highest
/// quantiles.
[[nodiscard]] TextColumnGroup series_group(std::string title, const SeriesOfRows& rows,
                                           bool average);

}  // namespace perf_timer::inline v0_1::detail
