//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/write_operations.hpp>

#include <perf_timer/detail/platform/sort_stably.hpp>
#include <perf_timer/detail/report/text.hpp>
#include <perf_timer/detail/report/text_table.hpp>
#include <perf_timer/detail/statistics/merge_summaries.hpp>

#include "operation_columns.hpp"
#include "operation_foot.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <ostream>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace perf_timer::inline v0_1 {
namespace {

using detail::OperationRows;
using detail::StartedOperation;

std::vector<StartedOperation> rows_of(std::span<const OperationSnapshot> operations,
                                      const TableOptions& options) {
  if (!options.steps) return detail::started_operations(operations);
  std::vector<StartedOperation> each;
  for (const OperationSnapshot& operation : operations) each.push_back({operation});
  return each;
}

std::chrono::nanoseconds elapsed(const OperationSnapshot& operation) {
  return detail::add_times(detail::add_times(operation.waiting.total, operation.queued.total),
                           operation.busy.total);
}

std::string_view operations_order(SortBy sort) {
  switch (sort) {
    case SortBy::total_busy:
      return "sorted by total busy time";
    case SortBy::total_queued:
      return "sorted by total queued time";
    case SortBy::total_elapsed:
      return "sorted by total time from start to end";
    case SortBy::runs:
      return "sorted by count";
    case SortBy::longest_busy:
      return "sorted by the longest busy time of one";
    case SortBy::name:
      break;
  }
  return "sorted by name";
}

/// Sorts the rows. Those of the same key are sorted by name and place.
void sort_rows(OperationRows& rows, SortBy sort) {
  const auto names = [](const StartedOperation* row) {
    const OperationSnapshot& operation = row->snapshot;
    return std::tuple(detail::name_of(operation), detail::place_of(operation));
  };
  detail::sort_stably(rows, [&](const auto* a, const auto* b) { return names(a) < names(b); });
  const auto by = [&](auto key) {
    detail::sort_stably(
        rows, [&](const auto* a, const auto* b) { return key(a->snapshot) > key(b->snapshot); });
  };
  switch (sort) {
    case SortBy::total_busy:
      return by([](const OperationSnapshot& operation) { return operation.busy.total; });
    case SortBy::total_queued:
      return by([](const OperationSnapshot& operation) { return operation.queued.total; });
    case SortBy::total_elapsed:
      return by(elapsed);
    case SortBy::runs:
      return by([](const OperationSnapshot& one) { return one.calls.value_or(one.count); });
    case SortBy::longest_busy:
      return by([](const OperationSnapshot& operation) { return operation.busy.max; });
    case SortBy::name:
      return;
  }
}

/// Returns the table with as much detail as fits.
std::string table_of(const OperationRows& rows, const TableOptions& options) {
  std::string text;
  for (const detail::OperationDetail& detail : detail::operation_details()) {
    text = detail::text_table(detail::columns_of(rows, detail, options.colour), options.colour);
    if (options.width == 0 || detail::widest_line(text) <= options.width) break;
  }
  return text;
}

std::string head_of(const OperationRows& rows, const TableOptions& options) {
  std::string text = "perf_timer: operations of Asio; times are per operation; ";
  text.append(operations_order(options.sort)).append("\n");
  text +=
      "waited: until its result was there; queued: from then until its handler began; busy: while "
      "its handler executed\n";
  return detail::wrapped(text, options.width) + '\n' + table_of(rows, options);
}

}  // namespace

void write_operations(std::ostream& out) { write_operations(out, TableOptions::of(out)); }

void write_operations(std::ostream& out, const TableOptions& options) {
  write_operations(out, operations(), options);
}

void write_operations(std::ostream& out, std::span<const OperationSnapshot> operations,
                      const TableOptions& options) {
  const std::vector<StartedOperation> all = rows_of(operations, options);
  OperationRows rows;
  for (const StartedOperation& operation : all)
    if (operation.snapshot.count != 0 || operation.snapshot.dropped != 0)
      rows.push_back(&operation);
  sort_rows(rows, options.sort);
  OperationRows left_out;
  if (options.most_operations != 0 && rows.size() > options.most_operations) {
    const auto end = rows.begin() + static_cast<std::ptrdiff_t>(options.most_operations);
    left_out.assign(end, rows.end());
    rows.erase(end, rows.end());
  }
  std::string text;
  if (operations.empty())
    text = detail::wrapped(
        "perf_timer: no operation of Asio is tracked; link perf_timer::tracking, and see "
        "doc/tracking.md\n",
        options.width);
  else if (rows.empty())
    text = "perf_timer: no operation of Asio has ended\n";
  else
    text = head_of(rows, options);
  const std::string foot = detail::operation_foot(all, rows, left_out);
  if (!rows.empty() && !foot.empty()) text += '\n';
  text += detail::wrapped(foot, options.width);
  out.write(text.data(), static_cast<std::streamsize>(text.size()));
}

}  // namespace perf_timer::inline v0_1
