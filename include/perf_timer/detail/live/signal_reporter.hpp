//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/live/log_report.hpp>
#include <perf_timer/detail/live/report_thread.hpp>
#include <perf_timer/detail/platform/asio.hpp>
#include <perf_timer/log_function.hpp>

#include PERF_TIMER_ASIO_HEADER(signal_set.hpp)
#include PERF_TIMER_ASIO_ERROR_HEADER

#include <memory>
#include <optional>
#include <utility>

namespace perf_timer::inline v0_1::detail::inline PERF_TIMER_ASIO_KIND {

/// Waits for a signal, and reports each time it arrives.
class SignalReporter final : public Waiter, public std::enable_shared_from_this<SignalReporter> {
 public:
  SignalReporter(ReportThread& thread, int signal_number, LogFunction log)
      : log_(std::move(log)), signals_(std::in_place, thread.context(), signal_number) {}

  void wait() {
    signals_->async_wait([self = shared_from_this()](asio_system::error_code error, int) {
      if (error) return;
      log_report(self->log_);
      self->wait();
    });
  }

  void abandon() noexcept override { signals_.reset(); }
  void abandon_in_child() noexcept override {}

 private:
  const LogFunction log_;
  std::optional<asio::signal_set> signals_;  // used by the thread, and after it has ended
};

}  // namespace perf_timer::inline v0_1::detail::inline PERF_TIMER_ASIO_KIND
