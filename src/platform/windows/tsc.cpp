//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/platform/tsc.hpp>

#include <cstdint>

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

// Windows shows each process, at the same address, whether QueryPerformanceCounter reads the
// counter of the processor (KUSER_SHARED_DATA, QpcBypassEnabled). wine says that it doesn't.
ClocksourceName current_clocksource() noexcept {
  constexpr std::uintptr_t shared_data = 0x7ffe0000, bypass_enabled = 0x3c6;
  constexpr unsigned reads_counter = 1;
  const auto flags = *reinterpret_cast<const volatile std::uint8_t*>(shared_data + bypass_enabled);
  return (flags & reads_counter) != 0 ? ClocksourceName{"tsc"} : ClocksourceName{};
}

}  // namespace perf_timer::inline v0_1::detail
