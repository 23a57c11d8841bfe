//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/live/report_thread.hpp>
#include <perf_timer/detail/live/signal_reporter.hpp>
#include <perf_timer/log_function.hpp>

#include <boost/asio/execution_context.hpp>

#include <memory>
#include <utility>

namespace perf_timer::inline v0_1 {
/// Prints the table of all live timers, as `write_report` does, whenever the process gets the
/// signal, for as long as the context lives.
///
///     report_on_signal(context, SIGUSR1);       // kill -USR1 PID
///
/// It is printed by a thread of its own (that of `live_report`), so that a server answers of which
/// every thread is stuck. It is no outstanding work: `run()` returns as if it weren't there. An
/// empty `log` is standard output, flushed; what it throws is swallowed, as nobody is there to
/// tell.
///
/// Throws `boost::system::system_error` if the signal can't be handled (`SIGKILL`, or a number that
/// is no signal), `std::system_error` if there can be no thread. When the context has gone, the
/// signal does what it did before.
inline void report_on_signal(boost::asio::execution_context& context, int signal_number,
                             LogFunction log = {}) {
  auto& thread = boost::asio::use_service<detail::ReportThread>(context);
  const auto reporter =
      std::make_shared<detail::SignalReporter>(thread, signal_number, std::move(log));
  thread.add(reporter);
  reporter->wait();
}

}  // namespace perf_timer::inline v0_1
