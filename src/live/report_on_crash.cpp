//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/platform/before_crash.hpp>
#include <perf_timer/detail/platform/files.hpp>
#include <perf_timer/detail/platform/terminal.hpp>
#include <perf_timer/report_on_crash.hpp>
#include <perf_timer/write_report.hpp>

#include <sstream>
#include <stdexcept>
#include <string>
#include <utility>

namespace perf_timer::inline v0_1 {
namespace {

void write_crash_report(const std::filesystem::path& file) noexcept {
  try {
    std::ostringstream table;
    write_report(table);
    const std::string text = std::move(table).str();
    if (file.empty())
      detail::write_all(detail::standard_error, text);
    else
      detail::write_file(file, text);
  } catch (...) {  // nobody is left to tell
  }
}

}  // namespace

void report_on_crash(CrashReportOptions options) {
  constexpr std::chrono::milliseconds longest = std::chrono::hours{1};
  if (options.patience < std::chrono::milliseconds::zero() || options.patience > longest)
    throw std::invalid_argument("report_on_crash: patience is " +
                                std::to_string(options.patience.count()) +
                                " ms; give how long a crash may wait, such as 2s");
  const auto report = [file = std::move(options.file)] { write_crash_report(file); };
  if (!detail::before_crash(report, options.patience))
    throw std::logic_error("report_on_crash: was called before; call it once");
}

}  // namespace perf_timer::inline v0_1
