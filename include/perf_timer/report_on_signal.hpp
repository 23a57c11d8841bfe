//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/live/log_report.hpp>
#include <perf_timer/detail/live/report_thread.hpp>
#include <perf_timer/log_function.hpp>

#include <boost/asio/execution_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/system/error_code.hpp>

#include <memory>
#include <optional>
#include <utility>

namespace perf_timer::inline v0_1 {
namespace detail {

class SignalReporter final : public Waiter, public std::enable_shared_from_this<SignalReporter> {
 public:
  SignalReporter(ReportThread& thread, int signal_number, LogFunction log)
      : log_(std::move(log)), signals_(std::in_place, thread.context(), signal_number) {}

  void wait() {
    signals_->async_wait([self = shared_from_this()](boost::system::error_code error, int) {
      if (error) return;
      log_report(self->log_);
      self->wait();
    });
  }

  void abandon() noexcept override { signals_.reset(); }
  void abandon_in_child() noexcept override {}

 private:
  const LogFunction log_;
  std::optional<boost::asio::signal_set> signals_;  // used by the thread, and when that has ended
};

}  // namespace detail

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
