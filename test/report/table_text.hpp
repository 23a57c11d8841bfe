//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/write_table.hpp>

#include <algorithm>
#include <cstddef>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace test {

using Lines = std::vector<std::string>;

inline std::string table(const std::vector<perf_timer::TimerSnapshot>& timers,
                         const perf_timer::TableOptions& options = {}) {
  std::ostringstream out;
  perf_timer::write_table(out, timers, options);
  return out.str();
}

inline Lines lines_of(const std::string& text) {
  std::istringstream in{text};
  Lines lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

/// The length of the longest line. Right for ASCII text without escape sequences.
inline std::size_t widest(const std::string& text) {
  std::size_t width = 0;
  for (const std::string& line : lines_of(text)) width = std::max(width, line.size());
  return width;
}

/// Replaces each sequence of blanks by one blank, and returns the line that begins with this; empty
/// if there is none.
inline std::string line_of(const std::string& text, std::string_view begin) {
  for (std::string line : lines_of(text)) {
    const auto end =
        std::unique(line.begin(), line.end(), [](char a, char b) { return a == ' ' && b == ' '; });
    line.erase(end, line.end());
    if (line.starts_with(begin)) return line;
  }
  return {};
}

}  // namespace test
