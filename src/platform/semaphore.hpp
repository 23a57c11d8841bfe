//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <ctime>

#if defined(__APPLE__)
#include <mach/mach_init.h>
#include <mach/semaphore.h>
#include <mach/task.h>
#else
#include <semaphore.h>
#endif

namespace perf_timer::inline v0_1::detail {

/// A semaphore that a signal handler may post, which the standard library's may not. Thread safety:
/// all members but `begin_anew`. Not to be destroyed: a handler may post late.
class SignalSemaphore {
 public:
  using Until = std::chrono::system_clock::time_point;

  SignalSemaphore() noexcept { begin_anew(); }

#if defined(__APPLE__)
  // It has no semaphore without a name. The kernel's own is a process's: a child has none of these.
  void begin_anew() noexcept {
    ::semaphore_create(::mach_task_self(), &semaphore_, SYNC_POLICY_FIFO, 0);
  }
  void post() noexcept { ::semaphore_signal(semaphore_); }
  [[nodiscard]] bool take_at_once() noexcept {
    return ::semaphore_timedwait(semaphore_, {}) == KERN_SUCCESS;
  }
  void take() noexcept {
    while (::semaphore_wait(semaphore_) == KERN_ABORTED) {  // by a signal
    }
  }
  /// Returns false if it is too late.
  [[nodiscard]] bool take(Until until) noexcept {
    kern_return_t result = KERN_ABORTED;
    while (result == KERN_ABORTED) {
      const auto left = std::max(until - std::chrono::system_clock::now(), Until::duration{});
      const auto seconds = std::chrono::floor<std::chrono::seconds>(left);
      const std::chrono::nanoseconds rest = left - seconds;
      result = ::semaphore_timedwait(semaphore_, {static_cast<unsigned>(seconds.count()),
                                                  static_cast<clock_res_t>(rest.count())});
    }
    return result == KERN_SUCCESS;
  }

 private:
  ::semaphore_t semaphore_;
#else
  void begin_anew() noexcept { ::sem_init(&semaphore_, 0, 0); }
  void post() noexcept { ::sem_post(&semaphore_); }
  [[nodiscard]] bool take_at_once() noexcept { return ::sem_trywait(&semaphore_) == 0; }
  void take() noexcept {
    while (::sem_wait(&semaphore_) != 0 && errno == EINTR) {
    }
  }
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
