//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>

#if defined(__x86_64__) && (defined(__GNUC__) || defined(__clang__))
#define PERF_TIMER_HAS_TSC 1
#else
#define PERF_TIMER_HAS_TSC 0
#endif

namespace perf_timer::inline v0_1 {
namespace detail {

/// How the processor's counter becomes the time of `steady_clock`:
/// `nanoseconds + ((counter now - counter) * multiplier >> shift)`.
struct TscScale {
  static constexpr int shift = 32;
  std::uint64_t counter = 0;
  std::int64_t nanoseconds = 0;
  /// Written last, once. Zero: the counter isn't trusted, or not yet.
  std::atomic<std::uint64_t> multiplier{0};
};
[[gnu::visibility("default")]] extern constinit TscScale tsc_scale;

/// `steady_clock`, as long as there is no scale. Measures it meanwhile, without waiting.
[[nodiscard]] std::int64_t steady_now_without_tsc() noexcept;

/// The time of `steady_clock`, by the cheapest means that are known to tell it.
[[nodiscard]] inline std::int64_t steady_now() noexcept {
#if PERF_TIMER_HAS_TSC
  const std::uint64_t multiplier = tsc_scale.multiplier.load(std::memory_order_acquire);
  if (multiplier != 0) [[likely]] {
    // The fence keeps the reading behind what the program has done before: without it a function
    // could seem to start before it was submitted on another thread.
    __builtin_ia32_lfence();
    __extension__ using wide = unsigned __int128;
    const auto since = static_cast<wide>(__builtin_ia32_rdtsc() - tsc_scale.counter);
    return tsc_scale.nanoseconds + static_cast<std::int64_t>(since * multiplier >> TscScale::shift);
  }
#endif
  return steady_now_without_tsc();
}

}  // namespace detail

/// The time of `steady_clock`, from the processor's time stamp counter where the kernel itself
/// keeps time by it, for two thirds of the price or less; from `steady_clock` elsewhere, and for
/// the first 0.1 s. Timers of `steady_clock`, the default, read it this way as well.
///
/// The scale is measured once: readings drift from those of `steady_clock` by a millionth at most,
/// and by as much as the kernel is told to slew its time.
struct tsc_clock {
  using duration = std::chrono::nanoseconds;
  using rep = duration::rep;
  using period = duration::period;
  using time_point = std::chrono::time_point<tsc_clock>;

  static constexpr bool is_steady = true;
  static constexpr bool is_shared = true;

  [[nodiscard]] static time_point now() noexcept {
    return time_point(duration(detail::steady_now()));
  }

  /// Whether `now` reads the counter, and not `steady_clock`. Waits until that is known: 0.1 s at
  /// most, once.
  [[nodiscard]] static bool uses_counter() noexcept;
};

}  // namespace perf_timer::inline v0_1
