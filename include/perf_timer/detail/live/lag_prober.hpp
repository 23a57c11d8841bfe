//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/live/fork_gate.hpp>
#include <perf_timer/detail/live/report_thread.hpp>
#include <perf_timer/detail/platform/asio.hpp>

#include PERF_TIMER_ASIO_HEADER(any_io_executor.hpp)
#include PERF_TIMER_ASIO_HEADER(post.hpp)
#include PERF_TIMER_ASIO_HEADER(steady_timer.hpp)
#include PERF_TIMER_ASIO_ERROR_HEADER

#include <algorithm>
#include <atomic>
#include <chrono>
#include <memory>
#include <mutex>
#include <new>
#include <optional>
#include <stdexcept>
#include <utility>

namespace perf_timer::inline v0_1::detail::inline PERF_TIMER_ASIO_KIND {

/// Submits an empty function to an executor at fixed times. The executor measures how long that
/// waits.
class LagProber final : public Waiter, public std::enable_shared_from_this<LagProber> {
 public:
  LagProber(ReportThread& thread, asio::any_io_executor executor, std::chrono::nanoseconds every)
      // The limit of a century keeps the sum of times from overflowing.
      : every_(std::min<std::chrono::nanoseconds>(every, std::chrono::years{100})),
        executor_(std::move(executor)),
        timer_(std::in_place, thread.context()),
        due_(std::chrono::steady_clock::now()) {
    if (every <= every.zero())
      throw std::invalid_argument("lag_probe: `every` must be positive, such as 100ms");
  }

  /// Starts to probe. Called once.
  void wait() {
    const std::lock_guard<std::mutex> lock(mutex_);
    wait_for_next();
  }

  /// Submits a probe, unless an earlier one still waits, which then tells the lag.
  void probe() {
    const auto no_fork = hold_off_forks();  // the executor is the user's
    const std::lock_guard<std::mutex> lock(mutex_);
    if (!timer_ || is_waiting_.exchange(true)) return;
    try {
      asio::post(*executor_, Probe(shared_from_this()));
    } catch (const std::bad_alloc&) {  // there may be memory for the next one
    }
  }

  /// Ends it. A probe that waits does nothing any more.
  void end() noexcept {
    const std::lock_guard<std::mutex> lock(mutex_);
    timer_.reset();
    executor_.reset();  // a strand must be destroyed before its context
  }

  void abandon() noexcept override { end(); }
  void abandon_in_child() noexcept override { executor_.reset(); }

 private:
  /// What is submitted. It has waited when it is called, and also when it is destroyed without.
  class Probe {
   public:
    explicit Probe(std::shared_ptr<LagProber> prober) noexcept : prober_(std::move(prober)) {}
    Probe(Probe&&) noexcept = default;
    Probe& operator=(Probe&&) = delete;
    ~Probe() {
      if (prober_) prober_->has_waited();
    }
    void operator()() noexcept { std::exchange(prober_, nullptr)->has_waited(); }

   private:
    std::shared_ptr<LagProber> prober_;
  };

  void has_waited() noexcept { is_waiting_ = false; }

  void wait_for_next() {
    if (!timer_) return;
    // Probes are due at fixed times. Missed ones aren't made up for.
    const auto now = std::chrono::steady_clock::now();
    due_ += every_;
    if (due_ < now) due_ = now + every_;
    timer_->expires_at(due_);
    timer_->async_wait([self = shared_from_this()](asio_system::error_code error) {
      if (error) return;
      self->probe();
      self->wait();
    });
  }

  const std::chrono::nanoseconds every_;
  std::atomic<bool> is_waiting_ = false;  // a probe; it may be destroyed while the mutex is locked

  std::mutex mutex_;  // guards all that follows
  std::optional<asio::any_io_executor> executor_;
  std::optional<asio::steady_timer> timer_;  // empty once it is over
  std::chrono::steady_clock::time_point due_;
};

}  // namespace perf_timer::inline v0_1::detail::inline PERF_TIMER_ASIO_KIND
