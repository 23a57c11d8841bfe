//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/export.hpp>
#include <perf_timer/detail/platform/tsc.hpp>

#include <atomic>
#include <cstdint>

namespace perf_timer::inline v0_1::detail {

/// How the processor's counter is converted to the time of `steady_clock`:
/// `nanoseconds + ((counter now - counter) * multiplier >> shift)`.
struct TscScale {
  static constexpr int shift = 32;
  std::uint64_t counter = 0;
  std::int64_t nanoseconds = 0;
  /// Written last, once. Zero while the counter isn't trusted.
  std::atomic<std::uint64_t> multiplier{0};
};
PERF_TIMER_EXPORT extern constinit TscScale tsc_scale;

/// Asks the system for the time of `steady_clock`. Until there is a scale, each call also helps to
/// measure one, without waiting.
[[nodiscard]] PERF_TIMER_EXPORT std::int64_t steady_now_without_tsc() noexcept;

/// Returns the time of `steady_clock`, by the cheapest known means.
template <auto read>
[[nodiscard]] inline std::int64_t steady_now_of() noexcept {
  if constexpr (has_tsc) {
    const std::uint64_t multiplier = tsc_scale.multiplier.load(std::memory_order_acquire);
    if (multiplier != 0) [[likely]]
      return tsc_scale.nanoseconds +
             multiply_and_shift(read() - tsc_scale.counter, multiplier, TscScale::shift);
  }
  return steady_now_without_tsc();
}
[[nodiscard]] inline std::int64_t steady_now() noexcept { return steady_now_of<read_tsc>(); }

/// The same, but the reading may be off by some nanoseconds; see `read_tsc_unfenced`.
[[nodiscard]] inline std::int64_t steady_now_unfenced() noexcept {
  return steady_now_of<read_tsc_unfenced>();
}

}  // namespace perf_timer::inline v0_1::detail
