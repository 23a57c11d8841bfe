//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/export.hpp>
#include <perf_timer/detail/platform/sort_stably.hpp>
#include <perf_timer/detail/report/text.hpp>
#include <perf_timer/detail/report/text_table.hpp>
#include <perf_timer/table_options.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace perf_timer::inline v0_1::detail {

/// What a table calls what it is sorted by.
struct OrderWords {
  std::string_view elapsed;  ///< such as "elapsed time"
  std::string_view runs;     ///< such as "number of runs"
  std::string_view one;      ///< such as "one run"
};

/// Returns by what a table is sorted, such as "sorted by total busy time".
[[nodiscard]] PERF_TIMER_EXPORT std::string order_text(SortBy sort, const OrderWords& words);

/// Sorts rows by a key, the greatest first. Those of the same key are sorted by name. `Keys` has a
/// function for the name and each key; see `SortBy`.
template <class Keys, class Row>
void sort_rows(std::vector<const Row*>& rows, SortBy sort) {
  const auto by = [&](auto key) {
    sort_stably(rows, [&](const Row* a, const Row* b) { return key(*a) > key(*b); });
  };
  sort_stably(rows, [](const Row* a, const Row* b) { return Keys::name(*a) < Keys::name(*b); });
  switch (sort) {
    case SortBy::total_busy:
      return by(Keys::total_busy);
    case SortBy::total_queued:
      return by(Keys::total_queued);
    case SortBy::total_elapsed:
      return by(Keys::total_elapsed);
    case SortBy::runs:
      return by(Keys::runs);
    case SortBy::longest_busy:
      return by(Keys::longest_busy);
    case SortBy::name:
      return;
  }
}

/// Returns the table with as much detail as fits. `columns_of` returns the columns of a level.
template <class Levels, class Columns>
[[nodiscard]] std::string fitting_table(const Levels& levels, const TableOptions& options,
                                        Columns columns_of) {
  std::string text;
  for (const auto& detail : levels) {
    text = text_table(columns_of(detail), options.colour);
    if (options.width == 0 || widest_line(text) <= options.width) break;
  }
  return text;
}

}  // namespace perf_timer::inline v0_1::detail
