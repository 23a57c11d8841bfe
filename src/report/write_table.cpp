//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/write_table.hpp>

#include <perf_timer/detail/report/text.hpp>
#include <perf_timer/detail/report/text_table.hpp>

#include "table_columns.hpp"
#include "table_foot.hpp"

#include <algorithm>
#include <cstddef>
#include <ostream>
#include <string>
#include <string_view>
#include <tuple>

namespace perf_timer::inline v0_1 {
namespace {

using detail::Rows;

bool ran(const TimerSnapshot& timer) {
  return timer.runs > 0 || timer.failed > 0 || timer.lost > 0 || timer.dropped > 0 ||
         timer.open > 0;
}

std::string_view order_text(SortBy sort) {
  switch (sort) {
    case SortBy::total_busy:
      return "sorted by total busy time";
    case SortBy::total_queued:
      return "sorted by total queued time";
    case SortBy::total_elapsed:
      return "sorted by total elapsed time";
    case SortBy::runs:
      return "sorted by number of runs";
    case SortBy::longest_busy:
      return "sorted by the longest busy time of one run";
    case SortBy::name:
      break;
  }
  return "sorted by name";
}

void sort_rows(Rows& rows, SortBy sort) {
  const auto by = [&](auto key) {
    // The address decides last, so that timers of one name and key keep their order.
    std::sort(rows.begin(), rows.end(), [&](const TimerSnapshot* a, const TimerSnapshot* b) {
      return std::forward_as_tuple(key(*b), a->name, a) <
             std::forward_as_tuple(key(*a), b->name, b);
    });
  };
  switch (sort) {
    case SortBy::total_busy:
      return by(
          [](const TimerSnapshot& timer) { return timer.busy.total + timer.failed_busy.total; });
    case SortBy::total_queued:
      return by([](const TimerSnapshot& timer) { return timer.queued.total; });
    case SortBy::total_elapsed:
      return by([](const TimerSnapshot& timer) {
        return timer.elapsed.total + timer.failed_elapsed.total;
      });
    case SortBy::runs:
      return by([](const TimerSnapshot& timer) { return timer.runs; });
    case SortBy::longest_busy:
      return by([](const TimerSnapshot& timer) {
        return std::max(timer.busy.max, timer.failed_busy.max);
      });
    case SortBy::name:
      return by([](const TimerSnapshot&) { return 0; });
  }
}

/// Returns the table with as much detail as fits.
std::string table_of(const Rows& rows, const TableOptions& options) {
  std::string text;
  for (const detail::TableDetail& detail : detail::table_details()) {
    text = detail::text_table(detail::columns_of(rows, detail, options.colour), options.colour);
    if (options.width == 0 || detail::widest_line(text) <= options.width) break;
  }
  return text;
}

}  // namespace

void write_table(std::ostream& out, std::span<const TimerSnapshot> timers,
                 const TableOptions& options) {
  Rows rows;
  for (const TimerSnapshot& timer : timers) {
    if (ran(timer)) rows.push_back(&timer);
  }
  sort_rows(rows, options.sort);

  std::string text;
  if (rows.empty()) {
    text = "perf_timer: no timer ran\n";
  } else {
    text = detail::wrapped(
               "perf_timer: times are per run; " + std::string{order_text(options.sort)} +
                   "\nbusy: executing; queued: ready, but waiting for a thread or a strand; "
                   "idle: neither, such as waiting for I/O or a timer\n" +
                   (detail::has_off_processor(rows)
                        ? "off CPU: executing, but not on a processor: it blocks, or is preempted\n"
                        : ""),
               options.width) +
           '\n' + table_of(rows, options);
  }
  const std::string foot = detail::table_foot(rows, timers.size() - rows.size());
  if (!rows.empty() && !foot.empty()) text += '\n';
  text += detail::wrapped(foot, options.width);
  out.write(text.data(), static_cast<std::streamsize>(text.size()));
}

}  // namespace perf_timer::inline v0_1
