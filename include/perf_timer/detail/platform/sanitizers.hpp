//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

// A sanitizer changes what the library may do with memory: nothing is recycled, and locals may lie
// elsewhere than on the stack. Standard C++ can't tell whether one is used. If these were wrong,
// sanitizers would miss errors.
#if defined(__SANITIZE_ADDRESS__)
#define PERF_TIMER_HAS_ADDRESS_SANITIZER 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define PERF_TIMER_HAS_ADDRESS_SANITIZER 1
#endif
#endif
#ifndef PERF_TIMER_HAS_ADDRESS_SANITIZER
#define PERF_TIMER_HAS_ADDRESS_SANITIZER 0
#endif

#if defined(__SANITIZE_THREAD__)
#define PERF_TIMER_HAS_THREAD_SANITIZER 1
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define PERF_TIMER_HAS_THREAD_SANITIZER 1
#endif
#endif
#ifndef PERF_TIMER_HAS_THREAD_SANITIZER
#define PERF_TIMER_HAS_THREAD_SANITIZER 0
#endif

namespace perf_timer::inline v0_1::detail {

inline constexpr bool has_address_sanitizer = PERF_TIMER_HAS_ADDRESS_SANITIZER == 1;
inline constexpr bool has_thread_sanitizer = PERF_TIMER_HAS_THREAD_SANITIZER == 1;

}  // namespace perf_timer::inline v0_1::detail
