//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/live/signals_blocked.hpp>

#include <boost/asio/execution/context.hpp>
#include <boost/asio/execution_context.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/query.hpp>

#include <memory>
#include <mutex>
#include <stdexcept>
#include <thread>
#include <utility>
#include <vector>

#include <unistd.h>

namespace perf_timer::detail {

/// What waits on a `ReportThread`, and must let go of all that it has when the context goes.
class Waiter {
 public:
  Waiter() = default;
  Waiter(const Waiter&) = delete;
  Waiter& operator=(const Waiter&) = delete;
  virtual ~Waiter() = default;

  /// Called once, when the thread has ended.
  virtual void abandon() noexcept = 0;
};

/// A thread of an execution context that waits for reports to be due, with an `io_context` of its
/// own: what waits there is no work of the user's context, whose `run()` returns as if it weren't.
/// It is started by its first use, sleeps in between, blocks all signals, and ends with the
/// context.
///
/// In headers only, as all that uses Asio: it is compiled with the user's configuration of it.
/// Thread safety: all members.
class ReportThread : public boost::asio::execution_context::service {
 public:
  using key_type = ReportThread;
  static inline boost::asio::execution_context::id id;

  explicit ReportThread(boost::asio::execution_context& owner)
      : boost::asio::execution_context::service(owner) {}

  /// What a waiter constructs its I/O objects with, on which the thread waits. Throws
  /// `std::system_error` if the thread can't be started, `std::logic_error` if the context is being
  /// destroyed.
  [[nodiscard]] boost::asio::io_context& context() {
    const std::lock_guard lock(mutex_);
    if (over_) throw std::logic_error("live report: its execution context is being destroyed");
    if (!thread_.joinable()) start();
    return context_;
  }

  /// Has it abandoned, if it is there then.
  void add(std::weak_ptr<Waiter> waiter) {
    const std::lock_guard lock(mutex_);
    std::erase_if(waiters_, [](const auto& other) { return other.expired(); });
    waiters_.push_back(std::move(waiter));
  }

 private:
  void shutdown() override {
    std::vector<std::weak_ptr<Waiter>> waiters;
    {
      const std::lock_guard lock(mutex_);
      over_ = true;
      waiters.swap(waiters_);
    }
    stop();
    for (const auto& waiter : waiters)
      if (const auto there = waiter.lock()) there->abandon();
  }

  void notify_fork(boost::asio::execution_context::fork_event event) override {
    // No other thread uses the context meanwhile: Asio demands it.
    if (!thread_.joinable() && event == boost::asio::execution_context::fork_prepare) return;
    if (event == boost::asio::execution_context::fork_prepare) {
      stop();
      context_.notify_fork(event);
    } else if (context_.stopped()) {
      context_.notify_fork(event);
      context_.restart();
      start();
    }
  }

  void start() {
    const SignalsBlocked blocked;
    thread_ = std::thread([this] { context_.run(); });
    process_ = ::getpid();
  }
  void stop() {
    context_.stop();
    if (!thread_.joinable()) return;
    // In a child of a fork of which the context was told nothing there is no thread to wait for.
    process_ == ::getpid() ? thread_.join() : thread_.detach();
  }

  std::mutex mutex_;
  // Destroyed with the service and not before, for waiters may be referred to until then.
  boost::asio::io_context context_{1};
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_{
      context_.get_executor()};
  std::thread thread_;
  pid_t process_ = 0;  // of the thread
  std::vector<std::weak_ptr<Waiter>> waiters_;
  bool over_ = false;
};

/// That of an executor's context.
template <class Executor>
[[nodiscard]] ReportThread& report_thread_of(const Executor& executor) {
  return boost::asio::use_service<ReportThread>(
      boost::asio::query(executor, boost::asio::execution::context));
}

}  // namespace perf_timer::detail
