//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/platform/thread_handle.hpp>

#include <csignal>
#include <ctime>

#if defined(__APPLE__)
#include <mach/mach.h>
#elif defined(__linux__)
#include <sys/syscall.h>
#include <unistd.h>
#endif

namespace perf_timer::inline v0_1::detail {
namespace {

std::uint64_t thread_id() noexcept {
#if defined(__APPLE__)
  std::uint64_t id = 0;
  ::pthread_threadid_np(nullptr, &id);
  return id;
#elif defined(__linux__)
  return static_cast<std::uint64_t>(::syscall(SYS_gettid));
#else
  return 0;
#endif
}

}  // namespace

ThreadHandle ThreadHandle::current() noexcept {
  ThreadHandle handle;
  handle.thread_ = ::pthread_self();
  handle.id_ = thread_id();
  return handle;
}

ThreadName ThreadHandle::name() const noexcept {
  ThreadName name{};
  ::pthread_getname_np(thread_, name.data(), name.size());
  return name;
}

std::optional<std::chrono::nanoseconds> ThreadHandle::processor_time() const noexcept {
#if defined(__APPLE__)
  thread_basic_info_data_t info{};
  mach_msg_type_number_t size = THREAD_BASIC_INFO_COUNT;
  if (::thread_info(::pthread_mach_thread_np(thread_), THREAD_BASIC_INFO,
                    reinterpret_cast<thread_info_t>(&info), &size) == KERN_SUCCESS)
    return std::chrono::seconds(info.user_time.seconds + info.system_time.seconds) +
           std::chrono::microseconds(info.user_time.microseconds + info.system_time.microseconds);
#else
  clockid_t clock{};
  timespec t{};
  if (::pthread_getcpuclockid(thread_, &clock) == 0 && ::clock_gettime(clock, &t) == 0)
    return std::chrono::seconds(t.tv_sec) + std::chrono::nanoseconds(t.tv_nsec);
#endif
  return std::nullopt;
}

bool ThreadHandle::send(int signal) const noexcept { return ::pthread_kill(thread_, signal) == 0; }

}  // namespace perf_timer::inline v0_1::detail
