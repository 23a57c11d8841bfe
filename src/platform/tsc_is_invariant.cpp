//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/platform/tsc.hpp>

#if PERF_TIMER_HAS_TSC
#include <cpuid.h>
#endif

namespace perf_timer::inline v0_1::detail {

bool tsc_is_invariant() noexcept {
#if PERF_TIMER_HAS_TSC
  unsigned a = 0, b = 0, c = 0, d = 0;
  // Advanced power management information: bit 8 of EDX is the invariant TSC.
  return __get_cpuid(0x80000007u, &a, &b, &c, &d) != 0 && (d & (1u << 8)) != 0;
#else
  return false;
#endif
}

}  // namespace perf_timer::inline v0_1::detail
