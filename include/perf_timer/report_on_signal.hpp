//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/live/report_thread.hpp>
#include <perf_timer/detail/live/signal_reporter.hpp>
#include <perf_timer/detail/platform/asio.hpp>
#include <perf_timer/log_function.hpp>

#include PERF_TIMER_ASIO_HEADER(execution_context.hpp)

#include <memory>
#include <utility>

namespace perf_timer::inline v0_1 {

/// Prints the table of all live timers, as `write_report` does, whenever the process gets a signal.
///
///     perf_timer::report_on_signal(context, SIGUSR1);  // then: kill -USR1 PID
///
/// It does so until `context` is destroyed. Then the signal has its default effect again, unless
/// another `signal_set` waits for it. It isn't outstanding work: `run()` returns as if it weren't
/// there.
///
/// A separate thread prints, the one of `live_report`. So the table comes even if all threads of a
/// server are stuck. `log` is called on that thread, with a text of several lines. An empty `log`
/// stands for standard output, which is flushed. What `log` throws is ignored, because nobody is
/// there to catch it.
///
/// Throws Asio's `system_error` if the signal can't be handled (`SIGKILL`, or a number that
/// is no signal), `std::system_error` if the thread can't be started, `std::logic_error` if the
/// context is being destroyed, and `std::bad_alloc`. Thread safety: any thread.
inline void report_on_signal(asio::execution_context& context, int signal_number,
                             LogFunction log = {}) {
  auto& thread = asio::use_service<detail::ReportThread>(context);
  const auto reporter =
      std::make_shared<detail::SignalReporter>(thread, signal_number, std::move(log));
  thread.add(reporter);
  reporter->wait();
}

}  // namespace perf_timer::inline v0_1
