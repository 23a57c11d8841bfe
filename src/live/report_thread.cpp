//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/live/report_thread.hpp>

#include "signals_blocked.hpp"

#include <boost/asio/executor_work_guard.hpp>

#include <mutex>
#include <optional>
#include <stdexcept>
#include <thread>
#include <utility>
#include <vector>

namespace perf_timer::detail {
boost::asio::execution_context::id ReportThread::id;

struct ReportThread::State {
  std::mutex mutex;
  // Destroyed with the service and not before, for waiters may be referred to until then.
  boost::asio::io_context context{1};
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work{
      context.get_executor()};
  std::thread thread;
  std::vector<std::weak_ptr<Waiter>> waiters;
  bool over = false;

  void start() {
    const SignalsBlocked blocked;
    thread = std::thread([this] { context.run(); });
  }
  void stop() {
    context.stop();
    if (thread.joinable()) thread.join();
  }
};

ReportThread::ReportThread(boost::asio::execution_context& owner)
    : boost::asio::execution_context::service(owner), state_(std::make_unique<State>()) {}

ReportThread::~ReportThread() = default;

boost::asio::io_context& ReportThread::context() {
  const std::lock_guard lock(state_->mutex);
  if (state_->over) throw std::logic_error("live report: its execution context is being destroyed");
  if (!state_->thread.joinable()) state_->start();
  return state_->context;
}

void ReportThread::add(std::weak_ptr<Waiter> waiter) {
  const std::lock_guard lock(state_->mutex);
  std::erase_if(state_->waiters, [](const auto& other) { return other.expired(); });
  state_->waiters.push_back(std::move(waiter));
}

void ReportThread::shutdown() {
  std::vector<std::weak_ptr<Waiter>> waiters;
  {
    const std::lock_guard lock(state_->mutex);
    state_->over = true;
    waiters.swap(state_->waiters);
  }
  state_->stop();
  for (const auto& waiter : waiters)
    if (const auto there = waiter.lock()) there->abandon();
}

void ReportThread::notify_fork(boost::asio::execution_context::fork_event event) {
  // No other thread uses the context meanwhile: Asio demands it.
  if (!state_->thread.joinable() && event == boost::asio::execution_context::fork_prepare) return;
  if (event == boost::asio::execution_context::fork_prepare) {
    state_->stop();
    state_->context.notify_fork(event);
  } else if (state_->context.stopped()) {
    state_->context.notify_fork(event);
    state_->context.restart();
    state_->start();
  }
}

}  // namespace perf_timer::detail
