//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/export.hpp>
#include <perf_timer/detail/platform/thread_name.hpp>

#include <chrono>
#include <cstdint>
#include <optional>

#if !defined(_WIN32)
#include <pthread.h>
#endif

namespace perf_timer::inline v0_1::detail {

/// Names a thread to the system, on behalf of other threads. The thread must not have ended when a
/// member is called. The standard library's thread ids are for comparing only.
class PERF_TIMER_EXPORT ThreadHandle {
 public:
  /// Names no thread.
  constexpr ThreadHandle() noexcept = default;

  /// Names the calling thread.
  [[nodiscard]] static ThreadHandle current() noexcept;

  /// The thread's number as debuggers, `top -H` and `ps -L` show it; 0 on a system without.
  [[nodiscard]] std::uint64_t id() const noexcept { return id_; }

  /// Returns the system's name for the thread; empty on a system without names.
  [[nodiscard]] ThreadName name() const noexcept;

  /// Returns the processor time that the thread has used; nothing if the system can't tell.
  [[nodiscard]] std::optional<std::chrono::nanoseconds> processor_time() const noexcept;

  /// Sends it a signal. Returns whether that succeeded; Windows has none for threads.
  [[nodiscard]] bool send(int signal) const noexcept;

 private:
#if !defined(_WIN32)
  ::pthread_t thread_{};
#endif
  std::uint64_t id_ = 0;
};

}  // namespace perf_timer::inline v0_1::detail
