//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/live/fork_gate.hpp>
#include <perf_timer/detail/live/report_thread.hpp>
#include <perf_timer/detail/live/run_live_report.hpp>
#include <perf_timer/detail/platform/asio.hpp>
#include <perf_timer/interval_reader.hpp>
#include <perf_timer/live_report_options.hpp>

#include PERF_TIMER_ASIO_HEADER(any_io_executor.hpp)
#include PERF_TIMER_ASIO_HEADER(error.hpp)
#include PERF_TIMER_ASIO_HEADER(post.hpp)
#include PERF_TIMER_ASIO_HEADER(steady_timer.hpp)
#include PERF_TIMER_ASIO_ERROR_HEADER

#include <algorithm>
#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <new>
#include <optional>
#include <utility>

namespace perf_timer::inline v0_1::detail::inline PERF_TIMER_ASIO_KIND {

/// A live report while it goes on, independent of its caller's types. Thread safety: all members.
class LiveReporter final : public Waiter, public std::enable_shared_from_this<LiveReporter> {
 public:
  using Completion = std::function<void(asio_system::error_code)>;

  LiveReporter(ReportThread& thread, asio::any_io_executor executor, LiveReportOptions options,
               Completion completion)
      : options_(std::move(options)),
        executor_(std::move(executor)),
        completion_(std::move(completion)),
        timer_(std::in_place, thread.context()),
        due_(std::chrono::steady_clock::now()) {}

  /// Starts the report. Called once.
  void wait() {
    const std::lock_guard<std::mutex> lock(mutex_);
    wait_for_next();
  }

  /// Ends the report, unless it has ended.
  void cancel() {
    Completion completion;
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      completion = let_go();
    }
    if (completion) completion(asio::error::operation_aborted);
  }

  void abandon() noexcept override {
    Completion completion;  // destroyed without being called, as Asio does
    const std::lock_guard<std::mutex> lock(mutex_);
    completion = let_go();
  }

  void abandon_in_child() noexcept override {
    executor_.reset();
    completion_ = {};
  }

 private:
  /// Marks a report as ended, even if it throws. Only then may the next one begin.
  class Reporting {
   public:
    explicit Reporting(LiveReporter& reporter) noexcept : reporter_(reporter) {}
    Reporting(const Reporting&) = delete;
    Reporting& operator=(const Reporting&) = delete;
    ~Reporting() {
      const std::lock_guard<std::mutex> lock(reporter_.mutex_);
      reporter_.is_reporting_ = false;
    }

   private:
    LiveReporter& reporter_;
  };

  /// Returns the completion; empty if the report is over already.
  [[nodiscard]] Completion let_go() noexcept {
    timer_.reset();
    executor_.reset();  // a strand must be destroyed before its context
    return std::exchange(completion_, {});
  }

  void wait_for_next() {
    if (!timer_) return;
    // Reports are due at fixed times, however long one takes. Missed ones aren't made up for.
    const auto now = std::chrono::steady_clock::now();
    // The limit of a century keeps the sum of times from overflowing.
    const auto every = std::min<std::chrono::nanoseconds>(options_.every, std::chrono::years{100});
    due_ += every;
    if (due_ < now) due_ = now + every;
    timer_->expires_at(due_);
    timer_->async_wait([self = shared_from_this()](asio_system::error_code error) {
      if (!error) self->is_due();
    });
  }

  void is_due() {
    const auto no_fork = hold_off_forks();  // the executor is the user's
    const std::lock_guard<std::mutex> lock(mutex_);
    if (!timer_) return;
    if (!is_reporting_) {
      try {
        asio::post(*executor_, [self = shared_from_this()] { self->report(); });
        is_reporting_ = true;
      } catch (const std::bad_alloc&) {  // the next report covers this interval, too
      }
    }
    wait_for_next();
  }

  void report() {
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      if (!timer_) return;
    }
    const Reporting reporting(*this);
    const Interval interval = reader_.next();
    detail::report(options_, interval);
  }

  const LiveReportOptions options_;
  IntervalReader reader_;  // used by one report at a time

  std::mutex mutex_;  // guards all that follows
  std::optional<asio::any_io_executor> executor_;
  Completion completion_;
  std::optional<asio::steady_timer> timer_;  // empty once it is over
  std::chrono::steady_clock::time_point due_;
  bool is_reporting_ = false;  // or waiting for the executor to do it
};

}  // namespace perf_timer::inline v0_1::detail::inline PERF_TIMER_ASIO_KIND
