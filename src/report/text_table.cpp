//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/report/text_table.hpp>

#include <perf_timer/detail/report/text.hpp>

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <string_view>

namespace perf_timer::inline v0_1::detail {
namespace {

constexpr std::string_view group_gap = " | ";
constexpr std::string_view rule_gap = "-+-";

enum class Align { left, center, right };

std::string padded(std::string_view text, std::size_t width, Align align) {
  const std::size_t used = display_width(text);
  const std::size_t blanks = width > used ? width - used : 0;
  const std::size_t before = align == Align::left ? 0 : align == Align::right ? blanks : blanks / 2;
  return std::string(before, ' ').append(text).append(blanks - before, ' ');
}

struct Layout {
  std::vector<std::size_t> columns;
  std::size_t total = 0;  // with one blank between columns
};

Layout layout_of(const TextColumnGroup& group) {
  Layout layout;
  for (const TextColumn& column : group.columns) {
    std::size_t width = display_width(column.title);
    for (const std::string& cell : column.cells) width = std::max(width, display_width(cell));
    layout.columns.push_back(width);
  }
  layout.total = std::accumulate(layout.columns.begin(), layout.columns.end(),
                                 std::max<std::size_t>(layout.columns.size(), 1) - 1);
  const std::size_t title = display_width(group.title);
  if (title > layout.total && !layout.columns.empty()) {
    layout.columns.front() += title - layout.total;
    layout.total = title;
  }
  return layout;
}

void append_line(std::string& text, const std::vector<std::string>& parts, std::string_view gap,
                 Style style, bool colour) {
  std::string line;
  for (const std::string& part : parts) {
    if (&part != &parts.front()) line += gap;
    line += part;
  }
  line.erase(line.find_last_not_of(' ') + 1);
  text += styled(std::move(line), style, colour) + '\n';
}

}  // namespace

std::string text_table(const std::vector<TextColumnGroup>& groups, bool colour) {
  std::vector<Layout> layouts;
  layouts.reserve(groups.size());
  for (const TextColumnGroup& group : groups) layouts.push_back(layout_of(group));

  const auto line_of = [&](auto&& cell_of) {
    std::vector<std::string> parts;
    for (std::size_t g = 0; g < groups.size(); ++g) {
      const Align align = g == 0 ? Align::left : Align::right;
      std::string part;
      for (std::size_t c = 0; c < groups[g].columns.size(); ++c) {
        if (c > 0) part += ' ';
        part += padded(cell_of(groups[g].columns[c]), layouts[g].columns[c], align);
      }
      parts.push_back(std::move(part));
    }
    return parts;
  };

  std::vector<std::string> titles;
  std::vector<std::string> rules;
  std::size_t rows = 0;
  for (std::size_t g = 0; g < groups.size(); ++g) {
    titles.push_back(padded(groups[g].title, layouts[g].total, Align::center));
    rules.emplace_back(layouts[g].total, '-');
    for (const TextColumn& column : groups[g].columns) rows = std::max(rows, column.cells.size());
  }

  std::string text;
  append_line(text, titles, group_gap, Style::bold, colour);
  append_line(text, line_of([](const TextColumn& column) { return column.title; }), group_gap,
              Style::bold, colour);
  append_line(text, rules, rule_gap, Style::dim, colour);
  for (std::size_t row = 0; row < rows; ++row) {
    append_line(text, line_of([row](const TextColumn& column) { return column.cells[row]; }),
                group_gap, Style::plain, colour);
  }
  return text;
}

}  // namespace perf_timer::inline v0_1::detail
