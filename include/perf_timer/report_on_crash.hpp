//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/export.hpp>

#include <chrono>
#include <filesystem>

namespace perf_timer::inline v0_1 {

/// What `report_on_crash` does.
struct CrashReportOptions {
  /// Where the table goes; standard error if empty.
  std::filesystem::path file = {};
  /// How long the crash may wait for the report.
  std::chrono::milliseconds patience = std::chrono::seconds{2};
};

/// Before the process dies of `SIGSEGV`, `SIGBUS`, `SIGFPE`, `SIGILL` or `SIGABRT` (`std::abort`,
/// an exception that nobody catches, a failed assertion), the table of all live timers is written
/// where the options say. Then it dies as it would have: of the same signal, with its core dump, or
/// by the handler that there was before.
///
/// It is written by a thread that was made for it and sleeps until then, for the one that crashed
/// may do next to nothing. If that one holds a lock which the report needs (the allocator's, say),
/// there is no report, and the crash goes on after `patience`. A stack overflow is told only on
/// threads that have an alternate stack for signals. In a child of `fork` there is no report.
///
/// Call it once, early. Throws `std::system_error` if there can be no thread or pipe,
/// `std::invalid_argument` if `patience` is negative, `std::logic_error` if called again.
PERF_TIMER_EXPORT void report_on_crash(CrashReportOptions options = {});

}  // namespace perf_timer::inline v0_1
