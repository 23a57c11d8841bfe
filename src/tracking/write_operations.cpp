//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/write_operations.hpp>

#include <perf_timer/detail/report/table_order.hpp>
#include <perf_timer/detail/report/text.hpp>
#include <perf_timer/detail/statistics/merge_summaries.hpp>

#include "operation_columns.hpp"
#include "operation_foot.hpp"

#include <cstddef>
#include <ostream>
#include <string>
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

struct OperationKeys {
  static auto name(const StartedOperation& one) {
    return std::tuple(detail::name_of(one.snapshot), detail::place_of(one.snapshot));
  }
  static auto total_busy(const StartedOperation& one) { return one.snapshot.busy.total; }
  static auto total_queued(const StartedOperation& one) { return one.snapshot.queued.total; }
  static auto total_elapsed(const StartedOperation& one) {
    const OperationSnapshot& operation = one.snapshot;
    return detail::add_times(detail::add_times(operation.waiting.total, operation.queued.total),
                             operation.busy.total);
  }
  static auto runs(const StartedOperation& one) {
    return one.snapshot.calls.value_or(one.snapshot.count);
  }
  static auto longest_busy(const StartedOperation& one) { return one.snapshot.busy.max; }
};

constexpr detail::OrderWords order_words{"time from start to end", "count", "one"};

std::string head_of(const OperationRows& rows, const TableOptions& options) {
  std::string text = "perf_timer: operations of Asio; times are per operation; ";
  text.append(detail::order_text(options.sort, order_words)).append("\n");
  text +=
      "waited: until its result was there; queued: from then until its handler began; busy: while "
      "its handler executed\n";
  return detail::wrapped(text, options.width) + '\n' +
         detail::fitting_table(detail::operation_details(), options, [&](const auto& level) {
           return detail::columns_of(rows, level, options.colour);
         });
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
  detail::sort_rows<OperationKeys>(rows, options.sort);
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
