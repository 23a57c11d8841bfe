//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <atomic>
#include <cerrno>
#include <chrono>
#include <ctime>
#include <thread>

#if !defined(__APPLE__)
#include <semaphore.h>
#endif

namespace perf_timer::inline v0_1::detail {

/// A semaphore that a signal handler may post, which the standard library's may not. Thread safety:
/// all members but `begin_anew`. Not to be destroyed: a handler may post late.
class SignalSemaphore {
 public:
  using Until = std::chrono::system_clock::time_point;

#if defined(__APPLE__)
  // It has no semaphore without a name. Who waits looks each millisecond, and waits only while a
  // stall is explained.
  void begin_anew() noexcept { count_.store(0); }
  void post() noexcept { count_.fetch_add(1, std::memory_order_release); }
  [[nodiscard]] bool take_at_once() noexcept {
    auto count = count_.load(std::memory_order_acquire);
    while (count != 0 &&
           !count_.compare_exchange_weak(count, count - 1, std::memory_order_acquire)) {
    }
    return count != 0;
  }
  /// Returns false if it is too late.
  [[nodiscard]] bool take(Until until) noexcept {
    while (!take_at_once()) {
      if (std::chrono::system_clock::now() >= until) return false;
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    return true;
  }

 private:
  std::atomic<unsigned> count_{0};
#else
  SignalSemaphore() noexcept { begin_anew(); }
  void begin_anew() noexcept { ::sem_init(&semaphore_, 0, 0); }
  void post() noexcept { ::sem_post(&semaphore_); }
  [[nodiscard]] bool take_at_once() noexcept { return ::sem_trywait(&semaphore_) == 0; }
  /// Returns false if it is too late.
  [[nodiscard]] bool take(Until until) noexcept {
    const auto since = until.time_since_epoch();
    const auto seconds = std::chrono::floor<std::chrono::seconds>(since);
    timespec at{};
    at.tv_sec = static_cast<std::time_t>(seconds.count());
    at.tv_nsec = static_cast<long>(
        std::chrono::duration_cast<std::chrono::nanoseconds>(since - seconds).count());
    int result = 0;
    while ((result = ::sem_timedwait(&semaphore_, &at)) != 0 && errno == EINTR) {
    }
    return result == 0;
  }

 private:
  ::sem_t semaphore_;
#endif
};

}  // namespace perf_timer::inline v0_1::detail
