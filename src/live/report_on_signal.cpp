//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/live/report_on_signal.hpp>

#include <perf_timer/report/write_report.hpp>

#include <boost/asio/signal_set.hpp>

#include <memory>
#include <optional>
#include <sstream>
#include <utility>

namespace perf_timer {
namespace {

class SignalReporter final : public detail::Waiter,
                             public std::enable_shared_from_this<SignalReporter> {
 public:
  SignalReporter(detail::ReportThread& thread, int signal_number, LogFunction log)
      : log_(std::move(log)), signals_(std::in_place, thread.context(), signal_number) {}

  void wait() {
    signals_->async_wait([self = shared_from_this()](boost::system::error_code error, int) {
      if (error) return;
      self->report();
      self->wait();
    });
  }

  void abandon() noexcept override { signals_.reset(); }

 private:
  void report() noexcept {
    try {
      std::ostringstream table;
      write_report(table);
      std::string text = std::move(table).str();
      text.erase(text.find_last_not_of('\n') + 1);
      log_ ? log_(text) : detail::default_live_log(text);
    } catch (...) {
    }
  }

  const LogFunction log_;
  std::optional<boost::asio::signal_set> signals_;  // used by the thread, and when that has ended
};

}  // namespace

void report_on_signal(boost::asio::execution_context& context, int signal_number, LogFunction log) {
  auto& thread = boost::asio::use_service<detail::ReportThread>(context);
  const auto reporter = std::make_shared<SignalReporter>(thread, signal_number, std::move(log));
  thread.add(reporter);
  reporter->wait();
}

}  // namespace perf_timer
