//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/export.hpp>

#include <cstddef>
#include <iosfwd>

namespace perf_timer::inline v0_1 {

/// What the timers of a table are sorted by, the greatest first; names from A.
enum class SortBy { total_busy, total_queued, total_elapsed, runs, longest_busy, name };

/// How a table of timers looks.
struct TableOptions {
  SortBy sort = SortBy::total_busy;
  /// Columns of the terminal that it shall fit: what matters least is left out until it does. 0:
  /// any.
  std::size_t width = 0;
  /// Whether to use colours, by the escape sequences that every terminal knows.
  bool colour = false;

  /// What suits a file descriptor: if it is a terminal, its width, and colours unless the
  /// environment has `NO_COLOR` (https://no-color.org) or `TERM` is "dumb".
  [[nodiscard]] PERF_TIMER_EXPORT static TableOptions of(int file_descriptor);

  /// The same of `std::cout`, `std::cerr` and `std::clog`, as long as they write where they do at
  /// first; anything else is no terminal.
  [[nodiscard]] PERF_TIMER_EXPORT static TableOptions of(const std::ostream& out);
};

}  // namespace perf_timer::inline v0_1
