//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/live/live_report.hpp>

#include <perf_timer/report/format_duration.hpp>
#include <perf_timer/report/report_line.hpp>

#include <boost/asio/error.hpp>
#include <boost/asio/steady_timer.hpp>

#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>

namespace perf_timer::detail {
namespace {

using boost::system::error_code;

void log_interval(const LogFunction& log, const Interval& interval) {
  std::string text;
  for (const TimerSnapshot& timer : interval.timers) {
    const std::string line = report_line(timer);
    if (!line.empty()) text.append("\n").append(line);
  }
  if (text.empty()) return;
  text.insert(0, "in the last " + format_duration(interval.length) + ":");
  log ? log(text) : default_live_log(text);
}

class Reporter final : public LiveReporter, public std::enable_shared_from_this<Reporter> {
 public:
  Reporter(ReportThread& thread, boost::asio::any_io_executor executor, LiveReportOptions options,
           Completion completion)
      : options_(std::move(options)),
        executor_(std::move(executor)),
        completion_(std::move(completion)),
        timer_(std::in_place, thread.context()),
        due_(std::chrono::steady_clock::now()) {}

  void wait() {
    const std::lock_guard lock(mutex_);
    wait_for_next();
  }

  void cancel() override {
    Completion completion;
    {
      const std::lock_guard lock(mutex_);
      completion = let_go();
    }
    if (completion) completion(boost::asio::error::operation_aborted);
  }

  void abandon() noexcept override {
    Completion completion;  // destroyed without a call, as Asio does
    const std::lock_guard lock(mutex_);
    completion = let_go();
  }

 private:
  /// One report at a time, whatever it throws.
  class Reporting {
   public:
    explicit Reporting(Reporter& reporter) noexcept : reporter_(reporter) {}
    Reporting(const Reporting&) = delete;
    Reporting& operator=(const Reporting&) = delete;
    ~Reporting() {
      const std::lock_guard lock(reporter_.mutex_);
      reporter_.is_reporting_ = false;
    }

   private:
    Reporter& reporter_;
  };

  /// Empty if it is over already.
  [[nodiscard]] Completion let_go() noexcept {
    timer_.reset();
    executor_.reset();  // a strand's must go before its context
    return std::exchange(completion_, {});
  }

  void wait_for_next() {
    if (!timer_) return;
    // By the calendar, whatever a report takes; what was missed isn't made up for.
    const auto now = std::chrono::steady_clock::now();
    due_ += options_.every;
    if (due_ < now) due_ = now + options_.every;
    timer_->expires_at(due_);
    timer_->async_wait([self = shared_from_this()](error_code error) {
      if (!error) self->is_due();
    });
  }

  void is_due() {
    const std::lock_guard lock(mutex_);
    if (!timer_) return;
    if (!is_reporting_) {
      try {
        boost::asio::post(*executor_, [self = shared_from_this()] { self->report(); });
        is_reporting_ = true;
      } catch (const std::bad_alloc&) {  // the next one tells of this interval, too
      }
    }
    wait_for_next();
  }

  void report() {
    {
      const std::lock_guard lock(mutex_);
      if (!timer_) return;
    }
    const Reporting reporting(*this);
    const Interval interval = reader_.next();
    if (options_.sink)
      options_.sink(interval);
    else
      log_interval(options_.log, interval);
  }

  const LiveReportOptions options_;
  IntervalReader reader_;  // used by one report at a time

  std::mutex mutex_;  // all that follows
  std::optional<boost::asio::any_io_executor> executor_;
  Completion completion_;
  std::optional<boost::asio::steady_timer> timer_;  // until it is over
  std::chrono::steady_clock::time_point due_;
  bool is_reporting_ = false;  // or waits for the executor to do it
};

}  // namespace

void check(const LiveReportOptions& options) {
  if (options.every <= std::chrono::nanoseconds::zero())
    throw std::invalid_argument("live_report: every is " + std::to_string(options.every.count()) +
                                " ns; give what lies between two reports, such as 10s");
}

std::shared_ptr<LiveReporter> LiveReporter::start(ReportThread& thread,
                                                  boost::asio::any_io_executor executor,
                                                  LiveReportOptions options,
                                                  Completion completion) {
  const auto reporter = std::make_shared<Reporter>(thread, std::move(executor), std::move(options),
                                                   std::move(completion));
  thread.add(reporter);
  reporter->wait();
  return reporter;
}

}  // namespace perf_timer::detail
