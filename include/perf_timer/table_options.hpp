//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/export.hpp>

#include <cstddef>
#include <iosfwd>

namespace perf_timer::inline v0_1 {

/// What the timers of a table are sorted by. A table of operations is sorted likewise: the elapsed
/// time of an operation is all that it waited, was queued and was busy, and its runs are the calls
/// of its handlers.
enum class SortBy {
  total_busy,     ///< The busy time of all runs, failed ones too, greatest first.
  total_queued,   ///< The queued time of all runs, greatest first.
  total_elapsed,  ///< The elapsed time of all runs, failed ones too, greatest first.
  runs,           ///< The number of runs, greatest first.
  longest_busy,   ///< The longest busy time of a run, a failed one too, greatest first.
  name,           ///< The name, byte by byte, from A to Z.
};

/// How a table of timers or operations looks.
///
///     perf_timer::write_report(std::cout, {.sort = perf_timer::SortBy::total_queued});
struct TableOptions {
  SortBy sort = SortBy::total_busy;  ///< The order of the rows.
  /// Maximum width in characters; 0 means unlimited. Columns are left out, the least important
  /// first, until the table fits.
  std::size_t width = 0;
  bool colour = false;  ///< Whether to colour the table by ANSI escape sequences.
  /// Of a table of operations: the number of rows; 0 means unlimited. What is left out is counted
  /// below the table.
  std::size_t most_operations = 50;
  /// Of a table of operations: whether each step of a composed operation is a row of its own.
  bool steps = false;

  /// Returns the options that suit a file descriptor. If it is a terminal: the terminal's width,
  /// and colours unless `NO_COLOR` (https://no-color.org) is set in the environment, or `TERM` is
  /// "dumb" or isn't set. If it isn't: the defaults. Thread safety: any thread.
  [[nodiscard]] PERF_TIMER_EXPORT static TableOptions of(int file_descriptor);

  /// Returns the options that suit a stream. `std::cout`, `std::cerr` and `std::clog` count as the
  /// file descriptors that they write to, unless the program gave them another buffer. For any
  /// other stream: the defaults.
  [[nodiscard]] PERF_TIMER_EXPORT static TableOptions of(const std::ostream& out);
};

}  // namespace perf_timer::inline v0_1
