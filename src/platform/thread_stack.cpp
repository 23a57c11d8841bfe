//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/platform/attributes.hpp>
#include <perf_timer/detail/platform/sanitizers.hpp>
#include <perf_timer/detail/platform/thread_stack.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include <pthread.h>

#if defined(__linux__) && !defined(__GLIBC__)
#include <sys/auxv.h>
#include <sys/resource.h>
#endif

#if PERF_TIMER_HAS_ADDRESS_SANITIZER
#include <sanitizer/asan_interface.h>
#endif

namespace perf_timer::inline v0_1::detail {
namespace {

struct StackBounds {
  std::uintptr_t low = 0;
  std::uintptr_t high = 0;
};

#if defined(__linux__) && !defined(__GLIBC__)
/// Returns how large the stack can become that ends there. musl tells what the first thread has
/// used so far. What the kernel put behind its end is only on that stack.
std::size_t size_when_grown(std::uintptr_t high, std::size_t size) noexcept {
  constexpr std::uintptr_t near = std::uintptr_t{64} << 10;
  if (::getauxval(AT_RANDOM) - (high - near) >= 2 * near) return size;  // another thread's
  // As far as that, the kernel keeps the memory free, whatever the limit was.
  constexpr std::size_t most = std::size_t{128} << 20;
  rlimit limit{};
  if (::getrlimit(RLIMIT_STACK, &limit) != 0) return size;
  return std::max(size, static_cast<std::size_t>(std::min<rlim_t>(limit.rlim_cur, most)));
}
#elif !defined(__APPLE__)
std::size_t size_when_grown(std::uintptr_t, std::size_t size) noexcept { return size; }
#endif

StackBounds stack_bounds() noexcept {
#if defined(__APPLE__)
  const auto high = reinterpret_cast<std::uintptr_t>(pthread_get_stackaddr_np(pthread_self()));
  return {high - pthread_get_stacksize_np(pthread_self()), high};
#else
  pthread_attr_t attributes;
  if (pthread_getattr_np(pthread_self(), &attributes) != 0) return {};
  void* low = nullptr;
  std::size_t size = 0;
  pthread_attr_getstack(&attributes, &low, &size);
  pthread_attr_destroy(&attributes);
  const std::uintptr_t high = reinterpret_cast<std::uintptr_t>(low) + size;
  // If the main thread's stack has no limit, its range begins where other memory ended when this
  // was asked. The heap and new mappings grow into that range, but they stay far from its end.
  constexpr std::size_t most = std::size_t{sizeof(void*) == 8 ? 1024 : 16} << 20;
  return {high - std::min(size_when_grown(high, size), most), high};
#endif
}

PERF_TIMER_INITIAL_EXEC constinit thread_local StackBounds this_stack{};

}  // namespace

bool on_this_stack(const void* object) noexcept {
  if (this_stack.high == 0) this_stack = stack_bounds();
#if PERF_TIMER_HAS_ADDRESS_SANITIZER
  // The sanitizer may keep a function's locals off the real stack, be it the thread's or a stackful
  // coroutine's. It knows where they would be.
  if (void* const fake = __asan_get_current_fake_stack())
    if (const void* const real =
            __asan_addr_is_in_fake_stack(fake, const_cast<void*>(object), nullptr, nullptr))
      object = real;
#endif
  const auto address = reinterpret_cast<std::uintptr_t>(object);
  return this_stack.low <= address && address < this_stack.high;
}

}  // namespace perf_timer::inline v0_1::detail
