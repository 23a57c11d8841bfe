//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/platform/tsc.hpp>

#include <cstdint>

namespace perf_timer::inline v0_1::detail {

// Windows shows each process, at the same address, whether QueryPerformanceCounter reads the
// counter of the processor (KUSER_SHARED_DATA, QpcBypassEnabled). wine says that it doesn't.
ClocksourceName current_clocksource() noexcept {
  constexpr std::uintptr_t shared_data = 0x7ffe0000, bypass_enabled = 0x3c6;
  constexpr unsigned reads_counter = 1;
  const auto flags = *reinterpret_cast<const volatile std::uint8_t*>(shared_data + bypass_enabled);
  return (flags & reads_counter) != 0 ? ClocksourceName{"tsc"} : ClocksourceName{};
}

}  // namespace perf_timer::inline v0_1::detail
