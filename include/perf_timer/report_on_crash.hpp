//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/export.hpp>

#include <chrono>
#include <filesystem>

namespace perf_timer::inline v0_1 {

/// Where `report_on_crash` writes its report, and how long that may take.
struct CrashReportOptions {
  /// The file that gets the table. If it is empty, standard error does. A file that is there is
  /// replaced as a whole, once the new one is complete.
  std::filesystem::path file = {};
  /// How long the crash waits for the report at most. From 0 to an hour.
  std::chrono::milliseconds patience = std::chrono::seconds{2};
};

/// Makes a crash write the table of all live timers, as `write_report` does, before the process
/// dies. Call it once, early:
///
///     perf_timer::report_on_crash({.file = "crash.txt"});
///
/// A crash is one of the signals `SIGSEGV`, `SIGBUS`, `SIGFPE`, `SIGILL`, `SIGTRAP` and `SIGABRT`.
/// The last one is what `std::abort`, an exception that nobody catches and a failed assertion send.
/// After the report the process dies as it would have without it: of the same signal, with its core
/// dump, or by the handler that was set before.
///
/// On Windows, a crash is an exception that nobody handles, and `SIGABRT`. After the report, the
/// filter runs that was there before (`SetUnhandledExceptionFilter`), or the handler. What ends the
/// process by `__fastfail`, such as a damaged heap, can't be reported.
///
/// A thread that sleeps until then writes the table, because the thread that crashed may call next
/// to nothing. If the file can't be written, the table goes to standard error, with the reason.
/// There is no report
///  - if the thread that crashed holds a lock that the report needs, such as the allocator's. The
///    crash then goes on after `patience`, and a line on standard error says so;
///  - of a stack overflow, unless the thread has called `use_crash_stack`, or has another alternate
///    stack for signals;
///  - in a child of `fork`.
///
/// Nothing is written to standard error if that was closed when this was called.
///
/// Throws `std::system_error` if the thread or its pipe can't be made, or if standard error is
/// closed and no file is given, `std::invalid_argument` if `patience` is negative or longer than an
/// hour, `std::logic_error` if it was called before, and `std::bad_alloc`. Thread safety: any
/// thread.
PERF_TIMER_EXPORT void report_on_crash(CrashReportOptions options = {});

/// Makes a stack overflow of the calling thread a crash that is reported. It gives the thread a
/// stack for signals, of 256 KiB, until the thread ends. Does nothing if the thread has one. On
/// Windows, it keeps 64 KiB of the thread's own stack for that. Call
/// it on each thread that may recurse deeply, the main thread included:
///
///     std::thread worker([&] {
///       perf_timer::use_crash_stack();
///       context.run();
///     });
///
/// Throws `std::system_error` if there is no memory. Thread safety: any thread.
PERF_TIMER_EXPORT void use_crash_stack();

}  // namespace perf_timer::inline v0_1
