//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <chrono>
#include <cstdint>

#if defined(__x86_64__) && (defined(__GNUC__) || defined(__clang__))
#define PERF_TIMER_HAS_TSC 1
#include <x86intrin.h>
#else
#define PERF_TIMER_HAS_TSC 0
#endif

namespace perf_timer {
namespace detail {

/// How the processor's counter becomes nanoseconds: `(counter * multiplier) >> shift`.
struct TscScale {
  static constexpr int shift = 32;
  std::uint64_t multiplier = 0;  ///< zero: the counter isn't to be trusted, read steady_clock
};

/// Measured against `steady_clock` once, at the first use, which takes some 10 ms.
[[nodiscard]] const TscScale& tsc_scale() noexcept;

/// What `tsc_scale` decides from: the processor says that its counter is invariant, and the kernel
/// itself keeps time by it (the text of the current clocksource).
[[nodiscard]] bool tsc_trusted(bool invariant, const char* clocksource) noexcept;

}  // namespace detail

/// The processor's time stamp counter, scaled to nanoseconds: a third of `steady_clock`'s price.
/// Falls back to `steady_clock` by itself where the counter isn't invariant.
struct tsc_clock {
  using duration = std::chrono::nanoseconds;
  using rep = duration::rep;
  using period = duration::period;
  using time_point = std::chrono::time_point<tsc_clock>;

  static constexpr bool is_steady = true;
  static constexpr bool is_shared = true;

  [[nodiscard]] static time_point now() noexcept {
#if PERF_TIMER_HAS_TSC
    static const std::uint64_t multiplier = detail::tsc_scale().multiplier;
    if (multiplier != 0) [[likely]] {
      // The fence keeps the reading behind what the program has done before: without it a function
      // could seem to start before it was submitted on another thread.
      _mm_lfence();
      __extension__ using wide = unsigned __int128;
      const auto ticks = static_cast<wide>(__rdtsc()) * multiplier;
      return time_point(duration(static_cast<rep>(ticks >> detail::TscScale::shift)));
    }
#endif
    return time_point(std::chrono::steady_clock::now().time_since_epoch());
  }

  /// Whether `now` reads the counter, and not `steady_clock`.
  [[nodiscard]] static bool uses_counter() noexcept { return detail::tsc_scale().multiplier != 0; }
};

}  // namespace perf_timer
