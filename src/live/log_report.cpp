//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/live/log_report.hpp>
#include <perf_timer/detail/report/default_log.hpp>
#include <perf_timer/detail/report/text_stream.hpp>
#include <perf_timer/write_report.hpp>

#include <string>
#include <utility>

namespace perf_timer::inline v0_1::detail {

void log_report(const LogFunction& log) noexcept {
  try {
    TextStream table;
    write_report(table);
    std::string text = std::move(table).str();
    text.erase(text.find_last_not_of('\n') + 1);
    log ? log(text) : default_live_log(text);
  } catch (...) {
  }
}

}  // namespace perf_timer::inline v0_1::detail
