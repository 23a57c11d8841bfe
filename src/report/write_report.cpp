//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/snapshot_all.hpp>
#include <perf_timer/write_report.hpp>

#include <perf_timer/detail/report/registry.hpp>
#include <perf_timer/detail/report/text.hpp>
#include <perf_timer/report_line.hpp>
#include <perf_timer/write_table.hpp>

#include <ostream>
#include <string>

namespace perf_timer::inline v0_1 {

std::vector<TimerSnapshot> snapshot_all() { return detail::Registry::instance().snapshot_all(); }

void write_report(std::ostream& out) { write_report(out, TableOptions::of(out)); }

void write_report(std::ostream& out, const TableOptions& options) {
  write_table(out, detail::Registry::instance().snapshot_all_with_overhead(), options);
  const std::string threads = report_line(thread_snapshots());
  if (threads.empty()) return;
  const std::string text = detail::wrapped(threads + '\n', options.width);
  out.write(text.data(), static_cast<std::streamsize>(text.size()));
}

}  // namespace perf_timer::inline v0_1
