//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/asio/asio_is_not_tracked.hpp>
#include <perf_timer/detail/platform/asio.hpp>
#include <perf_timer/detail/platform/process_id.hpp>
#include <perf_timer/detail/platform/signals_blocked.hpp>
#include <perf_timer/detail/report/first_uses.hpp>

#include PERF_TIMER_ASIO_EXECUTION_HEADER(context.hpp)
#include PERF_TIMER_ASIO_HEADER(execution_context.hpp)
#include PERF_TIMER_ASIO_HEADER(executor_work_guard.hpp)
#include PERF_TIMER_ASIO_HEADER(io_context.hpp)
#include PERF_TIMER_ASIO_HEADER(query.hpp)
#include PERF_TIMER_ASIO_HEADER(strand.hpp)

#include <memory>
#include <mutex>
#include <stdexcept>
#include <thread>
#include <utility>
#include <vector>

namespace perf_timer::inline v0_1::detail::inline PERF_TIMER_ASIO_KIND {

/// Something that waits on a `ReportThread`. It must release all that it has when the context is
/// destroyed.
class Waiter {
 public:
  Waiter() = default;
  Waiter(const Waiter&) = delete;
  Waiter& operator=(const Waiter&) = delete;
  virtual ~Waiter() = default;

  /// Called once, when the thread has ended.
  virtual void abandon() noexcept = 0;

  /// The same in a child of a fork that Asio wasn't told of. The thread doesn't exist there, and
  /// what it had locked stays locked. So no lock may be taken, and no I/O object of the thread's
  /// may be touched. What waits there stays in memory, and so does the waiter.
  virtual void abandon_in_child() noexcept = 0;
};

/// A thread of an execution context that waits for reports to be due. It has an `io_context` of its
/// own, so that its waits are no work of the user's context, whose `run()` returns as if they
/// didn't exist. Its first use starts it. It sleeps in between, blocks all signals, and ends with
/// the context.
///
/// It is header-only, like everything that uses Asio, so that it is compiled with the user's
/// configuration of Asio. Thread safety: all members.
class ReportThread : public asio::execution_context::service {
 public:
  using key_type = ReportThread;
  static inline asio::execution_context::id id;

  /// A context shuts down its last service first, so whatever the thread posts to must be created
  /// before the thread. For strands, the constructor creates their service. For a service of the
  /// user's that has executors, the user must do so.
  explicit ReportThread(asio::execution_context& owner) : asio::execution_context::service(owner) {
    const asio::strand<OwnerExecutor> strand(OwnerExecutor{&owner});
  }

  /// Returns the context for the I/O objects of waiters, on which the thread waits. Throws
  /// `std::system_error` if the thread can't be started, `std::logic_error` if the owner is being
  /// destroyed.
  [[nodiscard]] asio::io_context& context() {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (over_)
      throw std::logic_error(
          "live report: its execution context is being destroyed; start reports before that");
    if (!loop_->thread.joinable()) loop_->start();
    return loop_->context;
  }

  /// Registers a waiter, which is abandoned if it still exists when the owner is destroyed.
  void add(std::weak_ptr<Waiter> waiter) {
    const std::lock_guard<std::mutex> lock(mutex_);
    std::erase_if(waiters_, [](const auto& other) { return other.expired(); });
    waiters_.push_back(std::move(waiter));
  }

 private:
  /// An executor that has nothing but its context. The first strand of a context's executor creates
  /// the service that all of its strands need.
  struct OwnerExecutor {
    asio::execution_context* owner;

    [[nodiscard]] asio::execution_context& query(asio::execution::context_t) const noexcept {
      return *owner;
    }
    template <class Function>
    void execute(Function&&) const {}
    friend bool operator==(const OwnerExecutor&, const OwnerExecutor&) noexcept = default;
  };

  struct Loop {
    asio::io_context context{1};
    asio::executor_work_guard<asio::io_context::executor_type> work{context.get_executor()};
    std::thread thread;
    long process = 0;      // the one that has the thread
    Loop* next = nullptr;  // among those left behind

    void start() {
      first_uses();
      const SignalsBlocked blocked;
      thread = std::thread([this] { context.run(); });
      process = process_id();
    }
    void stop() {
      context.stop();
      if (thread.joinable()) thread.join();
    }
    [[nodiscard]] bool is_of_another_process() const {
      return thread.joinable() && process != process_id();
    }
  };

  // Some contexts shut down twice: thread_pool, and in newer versions of Asio io_context, too.
  void shutdown() override {
    if (!loop_) return;  // kept for ever
    if (loop_->is_of_another_process()) return keep_for_ever();
    std::vector<std::weak_ptr<Waiter>> waiters;
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      over_ = true;
      waiters.swap(waiters_);
    }
    loop_->stop();
    for (const auto& waiter : waiters)
      if (const auto there = waiter.lock()) there->abandon();
  }

  void keep_for_ever() {
    over_ = true;
    for (const auto& waiter : waiters_)
      if (const auto there = waiter.lock()) there->abandon_in_child();
    static Loop* left = nullptr;  // never destroyed, but reachable, so it isn't a leak
    loop_->next = std::exchange(left, loop_.get());
    static_cast<void>(loop_.release());
  }

  void notify_fork(asio::execution_context::fork_event event) override {
    // Asio demands that no other thread uses the context meanwhile.
    if (!loop_->thread.joinable() && event == asio::execution_context::fork_prepare) return;
    if (event == asio::execution_context::fork_prepare) {
      loop_->stop();
      loop_->context.notify_fork(event);
    } else if (loop_->context.stopped()) {
      loop_->context.notify_fork(event);
      loop_->context.restart();
      loop_->start();
    }
  }

  std::mutex mutex_;
  // Destroyed with the service and not before, because waiters may be referred to until then. Empty
  // if it is kept for ever.
  std::unique_ptr<Loop> loop_ = std::make_unique<Loop>();
  std::vector<std::weak_ptr<Waiter>> waiters_;
  bool over_ = false;
};

/// Returns the report thread of an executor's context.
template <class Executor>
[[nodiscard]] ReportThread& report_thread_of(const Executor& executor) {
  return asio::use_service<ReportThread>(asio::query(executor, asio::execution::context));
}

}  // namespace perf_timer::inline v0_1::detail::inline PERF_TIMER_ASIO_KIND
