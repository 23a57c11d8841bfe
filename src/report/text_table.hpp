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

/// The table: two lines of titles, a rule, and a line a row, each closed by a newline. Numbers are
/// on the right of their column; the first group is text, on the left. No line ends in blanks. With
/// `colour` the titles stand out, and the rules don't.
std::string text_table(const std::vector<TextColumnGroup>& groups, bool colour = false);

}  // namespace perf_timer::inline v0_1::detail
