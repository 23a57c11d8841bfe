//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/live/run_live_report.hpp>
#include <perf_timer/detail/report/default_log.hpp>
#include <perf_timer/format_duration.hpp>
#include <perf_timer/report_line.hpp>

#include <stdexcept>
#include <string>

namespace perf_timer::inline v0_1::detail {
namespace {

void log_interval(const LogFunction& log, const Interval& interval) {
  std::string text;
  for (const TimerSnapshot& timer : interval.timers) {
    const std::string line = report_line(timer);
    if (!line.empty()) text.append("\n").append(line);
  }
  if (text.empty()) return;
  text.insert(0, "in the last " + format_duration(interval.length) + ":");
  log ? log(text) : default_live_log(text);
}

}  // namespace

void check(const LiveReportOptions& options) {
  if (options.every <= std::chrono::nanoseconds::zero())
    throw std::invalid_argument("live_report: every is " + std::to_string(options.every.count()) +
                                " ns; give the time between two reports, such as 10s");
}

void report(const LiveReportOptions& options, const Interval& interval) {
  if (options.sink)
    options.sink(interval);
  else
    log_interval(options.log, interval);
}

}  // namespace perf_timer::inline v0_1::detail
