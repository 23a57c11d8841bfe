//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "system.hpp"

#include <perf_timer/detail/platform/thread_stack.hpp>

#include <cstdint>

namespace perf_timer::inline v0_1::detail {
namespace {

struct StackBounds {
  std::uintptr_t low = 0;
  std::uintptr_t high = 0;
};

constinit thread_local StackBounds this_stack{};

/// A fiber, Boost.Context's too, tells the system that its stack were the thread's. So a thread is
/// asked before it can be on one: when it begins, or when it is first asked for.
void find_bounds() noexcept {
  ULONG_PTR low = 0, high = 0;
  ::GetCurrentThreadStackLimits(&low, &high);
  this_stack = {low, high};
}

#if defined(__GNUC__)
void WINAPI on_thread(void*, DWORD reason, void*) {
  if (reason == DLL_PROCESS_ATTACH || reason == DLL_THREAD_ATTACH) find_bounds();
}

// The linker collects the functions of these sections in their names' order. The system calls them
// when a thread begins.
[[gnu::section(".CRT$XLDp"), gnu::used]] const PIMAGE_TLS_CALLBACK begins = &on_thread;
#endif

}  // namespace

bool on_this_stack(const void* object) noexcept {
  if (this_stack.high == 0) find_bounds();
  const auto address = reinterpret_cast<std::uintptr_t>(object);
  return this_stack.low <= address && address < this_stack.high;
}

}  // namespace perf_timer::inline v0_1::detail
