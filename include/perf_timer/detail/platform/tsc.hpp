//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <cstdint>

// The time stamp counter of x86-64, read by intrinsics of g++ and clang. Elsewhere the library asks
// `steady_clock` for the time, which is slower on x86-64 and no slower on ARM64.
#if defined(__x86_64__) && (defined(__GNUC__) || defined(__clang__))
#define PERF_TIMER_HAS_TSC 1
#else
#define PERF_TIMER_HAS_TSC 0
#endif

namespace perf_timer::inline v0_1::detail {

inline constexpr bool has_tsc = PERF_TIMER_HAS_TSC == 1;

#if PERF_TIMER_HAS_TSC

/// Reads the counter, after everything that the program has done before. Without the fence, a
/// function could seem to start before another thread submitted it.
[[nodiscard]] inline std::uint64_t read_tsc() noexcept {
  __builtin_ia32_lfence();
  return __builtin_ia32_rdtsc();
}

/// Reads the counter, perhaps some nanoseconds before what the program has done before, or after
/// what it does next. Who compares such readings of two threads must expect that.
[[nodiscard]] inline std::uint64_t read_tsc_unfenced() noexcept { return __builtin_ia32_rdtsc(); }

/// Returns `factor * multiplier >> shift`. The product may need more than 64 bits.
[[nodiscard]] inline std::int64_t multiply_and_shift(std::uint64_t factor, std::uint64_t multiplier,
                                                     int shift) noexcept {
  __extension__ using Wide = unsigned __int128;
  return static_cast<std::int64_t>(static_cast<Wide>(factor) * multiplier >> shift);
}

#else

[[nodiscard]] inline std::uint64_t read_tsc() noexcept { return 0; }
[[nodiscard]] inline std::uint64_t read_tsc_unfenced() noexcept { return 0; }
[[nodiscard]] inline std::int64_t multiply_and_shift(std::uint64_t, std::uint64_t, int) noexcept {
  return 0;
}

#endif

/// Returns whether the processor says that the counter runs at a constant rate at any frequency.
[[nodiscard]] bool tsc_is_invariant() noexcept;

struct ClocksourceName {
  char text[32] = {};
};

/// Returns the kernel's clocksource, such as "tsc" or "hpet"; empty if unknown.
[[nodiscard]] ClocksourceName current_clocksource() noexcept;

}  // namespace perf_timer::inline v0_1::detail
