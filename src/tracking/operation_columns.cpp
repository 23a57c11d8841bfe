//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "operation_columns.hpp"

#include <perf_timer/detail/report/duration_columns.hpp>
#include <perf_timer/detail/report/operation_text.hpp>
#include <perf_timer/detail/report/text.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace perf_timer::inline v0_1::detail {
namespace {

template <class Function>
TextColumn column(std::string_view title, const OperationRows& rows, Function cell) {
  TextColumn result{std::string{title}, {}};
  for (const StartedOperation* row : rows) result.cells.push_back(cell(row->snapshot));
  return result;
}

SeriesOfRows series_of(const OperationRows& rows, DurationSummary OperationSnapshot::* series) {
  SeriesOfRows result;
  for (const StartedOperation* row : rows) result.push_back(&(row->snapshot.*series));
  return result;
}

std::string place_text(const OperationSnapshot& operation, const OperationDetail& detail) {
  const std::string place = place_of(operation);
  if (place.empty()) return "-";
  std::string text = shortened(escaped(place), detail.place_limit);
  if (detail.functions && !operation.file.empty() && !operation.function.empty())
    text += ' ' + shortened(escaped(operation.function), detail.place_limit);
  return text;
}

TextColumnGroup name_group(const OperationRows& rows, const OperationDetail& detail) {
  const auto name = [&](const OperationSnapshot& operation) {
    return shortened(escaped(name_of(operation)), detail.name_limit);
  };
  const auto place = [&](const OperationSnapshot& operation) {
    return place_text(operation, detail);
  };
  return {"", {column("operation", rows, name), column("at", rows, place)}};
}

TextColumnGroup count_group(const OperationRows& rows, bool colour) {
  TextColumnGroup group{"", {{"count", {}}}};
  for (const StartedOperation* row : rows)
    group.columns[0].cells.push_back(row->count() ? std::to_string(*row->count()) : "-");
  const auto is_composed = [](const StartedOperation* row) { return row->composed; };
  if (std::any_of(rows.begin(), rows.end(), is_composed)) {
    TextColumn& steps = group.columns.emplace_back(TextColumn{"steps", {}});
    for (const StartedOperation* row : rows)
      steps.cells.push_back(row->composed ? std::to_string(row->snapshot.count) : "-");
  }
  for (const OperationEnd& end : operation_ends) {
    if (!occurs(end, rows)) continue;
    const bool is_bad = end.count == &OperationSnapshot::failed;
    group.columns.push_back(column(end.title, rows, [&](const OperationSnapshot& operation) {
      const std::uint64_t count = operation.*end.count;
      return styled(std::to_string(count), is_bad && count != 0 ? Style::bad : Style::plain,
                    colour);
    }));
  }
  return group;
}

}  // namespace

bool occurs(const OperationEnd& end, const OperationRows& rows) {
  return std::any_of(rows.begin(), rows.end(),
                     [&](const StartedOperation* row) { return row->snapshot.*end.count > 0; });
}

std::string name_of(const OperationSnapshot& operation) {
  std::string name = qualified_name(operation.object, operation.operation);
  return operation.part_of.empty() ? name : operation.part_of + ": " + name;
}

std::span<const OperationDetail> operation_details() {
  // Each leaves out what the one before does, and more. Never destroyed, as tables are written at
  // the very end of a program.
  static constexpr auto details = [] {
    std::array<OperationDetail, 7> all{};
    const auto without = [&all](std::size_t level, auto change) {
      for (std::size_t i = level; i < all.size(); ++i) change(all[i]);
    };
    without(1, [](OperationDetail& detail) { detail.functions = false; });
    without(2, [](OperationDetail& detail) { detail.name_limit = detail.place_limit = 24; });
    without(3, [](OperationDetail& detail) { detail.averages = false; });
    without(4, [](OperationDetail& detail) { detail.waited = false; });
    without(5, [](OperationDetail& detail) { detail.name_limit = detail.place_limit = 16; });
    without(6, [](OperationDetail& detail) { detail.queued = false; });
    return all;
  }();
  return details;
}

std::vector<TextColumnGroup> columns_of(const OperationRows& rows, const OperationDetail& detail,
                                        bool colour) {
  const auto series = [&](const char* title, DurationSummary OperationSnapshot::* member,
                          bool average) {
    return series_group(title, series_of(rows, member), average);
  };
  std::vector<TextColumnGroup> groups{name_group(rows, detail), count_group(rows, colour)};
  if (detail.waited)
    groups.push_back(series("waited", &OperationSnapshot::waiting, detail.averages));
  if (detail.queued)
    groups.push_back(series("queued", &OperationSnapshot::queued, detail.averages));
  groups.push_back(series("busy", &OperationSnapshot::busy, true));
  return groups;
}

}  // namespace perf_timer::inline v0_1::detail
