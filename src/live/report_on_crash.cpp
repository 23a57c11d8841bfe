//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/platform/before_crash.hpp>
#include <perf_timer/detail/platform/files.hpp>
#include <perf_timer/detail/platform/terminal.hpp>
#include <perf_timer/detail/report/first_uses.hpp>
#include <perf_timer/detail/report/text_stream.hpp>
#include <perf_timer/report_on_crash.hpp>
#include <perf_timer/write_report.hpp>

#include <cerrno>
#include <exception>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

namespace perf_timer::inline v0_1 {
namespace {

/// Writes to standard error, if that was open when the program asked for a report. If it wasn't,
/// the descriptor may be a file of the program's by now.
class StandardError {
 public:
  void write(std::string_view text) const noexcept {
    if (was_open_) detail::write_all(detail::standard_error, text);
  }
  [[nodiscard]] bool was_open() const noexcept { return was_open_; }

 private:
  bool was_open_ = detail::is_open(detail::standard_error);
};

void write_crash_report(const std::filesystem::path& file, const StandardError& error) noexcept {
  try {
    detail::TextStream table;
    write_report(table);
    const std::string text = std::move(table).str();
    if (file.empty()) return error.write(text);
    if (const std::error_code failure = detail::replace_file(file, text))
      error.write("perf_timer: report_on_crash: can't write " + file.string() + ": " +
                  failure.message() + "; this is the report:\n" + text);
  } catch (const std::exception& thrown) {
    error.write("perf_timer: report_on_crash: no report, because it threw: ");
    error.write(thrown.what());
    error.write("\n");
  } catch (...) {
    error.write("perf_timer: report_on_crash: no report, because an observer threw\n");
  }
}

}  // namespace

void report_on_crash(CrashReportOptions options) {
  constexpr std::chrono::milliseconds longest = std::chrono::hours{1};
  if (options.patience < std::chrono::milliseconds::zero() || options.patience > longest)
    throw std::invalid_argument("report_on_crash: patience is " +
                                std::to_string(options.patience.count()) +
                                " ms; give how long a crash may wait, such as 2s");
  const StandardError error;
  if (options.file.empty() && !error.was_open())
    throw std::system_error(EBADF, std::generic_category(),
                            "report_on_crash: standard error is closed; give a file");
  const auto report = [file = std::move(options.file), error] { write_crash_report(file, error); };
  const auto impatient = [error]() noexcept {
    error.write(
        "perf_timer: report_on_crash: no report, because it took longer than the crash may wait; "
        "the "
        "thread that crashed may hold a lock that it needs\n");
  };
  detail::first_uses();
  if (!detail::before_crash(report, impatient, options.patience))
    throw std::logic_error("report_on_crash: was called before; call it once");
}

void use_crash_stack() { detail::give_signal_stack(); }

}  // namespace perf_timer::inline v0_1
