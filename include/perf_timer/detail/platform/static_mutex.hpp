//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/export.hpp>

#include <mutex>

namespace perf_timer::inline v0_1::detail {

/// A mutex at namespace scope, which needs neither construction nor destruction, so that threads
/// may use it before and after everything else. libstdc++'s `std::mutex` needs both on Windows.
#if defined(_WIN32)
class PERF_TIMER_EXPORT StaticMutex {
 public:
  constexpr StaticMutex() noexcept = default;
  StaticMutex(const StaticMutex&) = delete;
  StaticMutex& operator=(const StaticMutex&) = delete;

  void lock() noexcept;
  [[nodiscard]] bool try_lock() noexcept;
  void unlock() noexcept;

 private:
  void* lock_ = nullptr;  // an SRWLOCK, whose initial value is that
};
#else
using StaticMutex = std::mutex;
#endif

}  // namespace perf_timer::inline v0_1::detail
