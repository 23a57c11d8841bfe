//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "operation_foot.hpp"

#include <perf_timer/detail/platform/sort_stably.hpp>
#include <perf_timer/detail/report/text.hpp>
#include <perf_timer/detail/statistics/merge_summaries.hpp>
#include <perf_timer/detail/statistics/saturating_add.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>

namespace perf_timer::inline v0_1::detail {
namespace {

constexpr std::size_t most_open = 10;
constexpr std::size_t open_characters = 40;  // of a name, and of a place

std::string meanings_text(const OperationRows& rows) {
  std::string text;
  for (const OperationEnd& end : operation_ends)
    if (occurs(end, rows)) text.append(end.title).append(": ").append(end.meaning).append("\n");
  const auto is_undivided = [](const StartedOperation* row) {
    return row->snapshot.waiting.count != 0 && row->snapshot.queued.count == 0;
  };
  if (std::any_of(rows.begin(), rows.end(), is_undivided))
    text +=
        "without queued: Asio doesn't tell when the result was there, so it waited until its "
        "handler began\n";
  const auto had_no_room = [](const StartedOperation* row) {
    return !row->composed && row->snapshot.object.empty() && row->snapshot.operation == "other";
  };
  if (std::any_of(rows.begin(), rows.end(), had_no_room))
    text += "other: operations that came after the table was full\n";
  return text;
}

std::string composed_text(const OperationRows& rows) {
  const auto composed = std::find_if(rows.begin(), rows.end(),
                                     [](const StartedOperation* row) { return row->composed; });
  if (composed == rows.end()) return {};
  std::string text = "steps: of a composed operation, such as " +
                     escaped((*composed)->snapshot.operation) + "; its times are per step\n";
  const auto is_unknown = [](const StartedOperation* row) { return !row->count(); };
  if (std::any_of(rows.begin(), rows.end(), is_unknown))
    text += "without a count: it isn't known which of its steps were the first, as for callbacks\n";
  return text;
}

std::string left_out_text(const OperationRows& left_out) {
  if (left_out.empty()) return {};
  auto busy = std::chrono::nanoseconds::zero();
  for (const StartedOperation* row : left_out) busy = add_times(busy, row->snapshot.busy.total);
  return "left out: " + std::to_string(left_out.size()) +
         (left_out.size() == 1 ? " operation" : " operations") + ", busy for " +
         duration_text(static_cast<double>(busy.count()), 3, short_units) + " in total\n";
}

/// Says what is open, the most frequent first.
std::string open_text(std::span<const StartedOperation> all) {
  OperationRows open;
  for (const StartedOperation& operation : all)
    if (operation.snapshot.open != 0) open.push_back(&operation);
  if (open.empty()) return {};
  sort_stably(open,
              [](const auto* a, const auto* b) { return a->snapshot.open > b->snapshot.open; });
  std::string text = "open now: ";
  const std::size_t shown = std::min(open.size(), most_open);
  for (std::size_t i = 0; i != shown; ++i) {
    const OperationSnapshot& operation = open[i]->snapshot;
    if (i != 0) text += ", ";
    text += std::to_string(operation.open) + ' ';
    text += shortened(escaped(name_of(operation)), open_characters);
    if (const std::string place = place_of(operation); !place.empty())
      text += ' ' + shortened(escaped(place), open_characters);
  }
  std::uint64_t others = 0;
  for (std::size_t i = shown; i != open.size(); ++i)
    others = saturating_add(others, open[i]->snapshot.open);
  if (others != 0) text += ", and " + std::to_string(others) + " others";
  return text + '\n';
}

}  // namespace

std::string operation_foot(std::span<const StartedOperation> all, const OperationRows& rows,
                           const OperationRows& left_out) {
  return meanings_text(rows) + composed_text(rows) + left_out_text(left_out) + open_text(all);
}

}  // namespace perf_timer::inline v0_1::detail
