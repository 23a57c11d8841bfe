//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "thread_information.hpp"

#include <perf_timer/detail/platform/thread_handle.hpp>

namespace perf_timer::inline v0_1::detail {
namespace {

[[nodiscard]] std::int64_t ticks_of(const FILETIME& time) noexcept {
  return static_cast<std::int64_t>(time.dwHighDateTime) << 32 |
         static_cast<std::int64_t>(time.dwLowDateTime);
}

}  // namespace

ThreadHandle ThreadHandle::current() noexcept {
  ThreadHandle handle;
  handle.id_ = ::GetCurrentThreadId();
  return handle;
}

ThreadName ThreadHandle::name() const noexcept {
  const OpenThreadHandle thread(id_, THREAD_QUERY_LIMITED_INFORMATION);
  return thread.get() ? name_of_thread(thread.get()) : ThreadName{};
}

std::optional<std::chrono::nanoseconds> ThreadHandle::processor_time() const noexcept {
  const OpenThreadHandle thread(id_, THREAD_QUERY_LIMITED_INFORMATION);
  FILETIME begin{}, end{}, kernel{}, user{};
  if (!thread.get() || !::GetThreadTimes(thread.get(), &begin, &end, &kernel, &user))
    return std::nullopt;
  constexpr std::int64_t nanoseconds_of_tick = 100;
  return std::chrono::nanoseconds((ticks_of(kernel) + ticks_of(user)) * nanoseconds_of_tick);
}

bool ThreadHandle::send(int) const noexcept { return false; }

}  // namespace perf_timer::inline v0_1::detail
