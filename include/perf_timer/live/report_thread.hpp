//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <boost/asio/execution/context.hpp>
#include <boost/asio/execution_context.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/query.hpp>

#include <memory>

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
/// Thread safety: all members.
class ReportThread : public boost::asio::execution_context::service {
 public:
  using key_type = ReportThread;
  static boost::asio::execution_context::id id;

  explicit ReportThread(boost::asio::execution_context& owner);
  ~ReportThread() override;

  /// What `waiter` constructs its I/O objects with, on which the thread waits. Throws
  /// `std::system_error` if the thread can't be started, `std::logic_error` if the context is being
  /// destroyed.
  [[nodiscard]] boost::asio::io_context& context();

  /// Has it abandoned, if it is there then.
  void add(std::weak_ptr<Waiter> waiter);

 private:
  void shutdown() override;
  void notify_fork(boost::asio::execution_context::fork_event event) override;

  struct State;
  std::unique_ptr<State> state_;
};

/// That of an executor's context.
template <class Executor>
[[nodiscard]] ReportThread& report_thread_of(const Executor& executor) {
  return boost::asio::use_service<ReportThread>(
      boost::asio::query(executor, boost::asio::execution::context));
}

}  // namespace perf_timer::detail
