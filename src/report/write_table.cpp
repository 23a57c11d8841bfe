//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/write_table.hpp>

#include <perf_timer/detail/report/table_order.hpp>
#include <perf_timer/detail/report/text.hpp>

#include "table_columns.hpp"
#include "table_foot.hpp"

#include <algorithm>
#include <cstddef>
#include <ostream>
#include <string>

namespace perf_timer::inline v0_1 {
namespace {

using detail::Rows;

bool ran(const TimerSnapshot& timer) {
  return timer.runs > 0 || timer.failed > 0 || timer.lost > 0 || timer.dropped > 0 ||
         timer.open > 0;
}

struct TimerKeys {
  static const std::string& name(const TimerSnapshot& timer) { return timer.name; }
  static auto total_busy(const TimerSnapshot& timer) {
    return timer.busy.total + timer.failed_busy.total;
  }
  static auto total_queued(const TimerSnapshot& timer) { return timer.queued.total; }
  static auto total_elapsed(const TimerSnapshot& timer) {
    return timer.elapsed.total + timer.failed_elapsed.total;
  }
  static auto runs(const TimerSnapshot& timer) { return timer.runs; }
  static auto longest_busy(const TimerSnapshot& timer) {
    return std::max(timer.busy.max, timer.failed_busy.max);
  }
};

constexpr detail::OrderWords words{"elapsed time", "number of runs", "one run"};

}  // namespace

void write_table(std::ostream& out, std::span<const TimerSnapshot> timers,
                 const TableOptions& options) {
  Rows rows;
  for (const TimerSnapshot& timer : timers) {
    if (ran(timer)) rows.push_back(&timer);
  }
  detail::sort_rows<TimerKeys>(rows, options.sort);

  std::string text;
  if (rows.empty()) {
    text = "perf_timer: no timer ran\n";
  } else {
    text = detail::wrapped(
               "perf_timer: times are per run; " + detail::order_text(options.sort, words) +
                   "\nbusy: executing; queued: ready, but waiting for a thread or a strand; "
                   "idle: neither, such as waiting for I/O or a timer\n" +
                   (detail::has_off_processor(rows)
                        ? "off CPU: executing, but not on a processor: it blocks, or is preempted\n"
                        : ""),
               options.width) +
           '\n' + detail::fitting_table(detail::table_details(), options, [&](const auto& level) {
             return detail::columns_of(rows, level, options.colour);
           });
  }
  const std::string foot = detail::table_foot(rows, timers.size() - rows.size());
  if (!rows.empty() && !foot.empty()) text += '\n';
  text += detail::wrapped(foot, options.width);
  out.write(text.data(), static_cast<std::streamsize>(text.size()));
}

}  // namespace perf_timer::inline v0_1
