//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <string>
#include <vector>

namespace perf_timer::inline v0_1::detail {

/// One column of text; all columns of a table have the same number of cells.
struct TextColumn {
  std::string title;
  std::vector<std::string> cells;
};

/// Columns under a common title.
struct TextColumnGroup {
  std::string title;
  std::vector<TextColumn> columns;
};

/// Returns the table: two lines of titles, a rule, and one line for each row, each ending in a
/// newline. The first group is text, aligned left; the others are numbers, aligned right. No line
/// ends in blanks. With `colour`, titles are bold and rules are dim.
std::string text_table(const std::vector<TextColumnGroup>& groups, bool colour = false);

}  // namespace perf_timer::inline v0_1::detail
