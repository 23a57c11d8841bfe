//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/clock/tsc_clock.hpp>

#include <cstdio>
#include <cstring>
#include <limits>

#if PERF_TIMER_HAS_TSC
#include <cpuid.h>
#endif

namespace perf_timer::detail {

bool tsc_trusted(bool invariant, const char* clocksource) noexcept {
  return invariant && std::strcmp(clocksource, "tsc") == 0;
}

#if PERF_TIMER_HAS_TSC
namespace {

bool invariant_counter() noexcept {
  unsigned a = 0, b = 0, c = 0, d = 0;
  // Advanced power management information: bit 8 of EDX is the invariant TSC.
  return __get_cpuid(0x80000007u, &a, &b, &c, &d) != 0 && (d & (1u << 8)) != 0;
}

struct ClocksourceText {
  char text[32] = {};
};

ClocksourceText current_clocksource() noexcept {
  ClocksourceText source;
  if (std::FILE* file =
          std::fopen("/sys/devices/system/clocksource/clocksource0/current_clocksource", "r")) {
    if (std::fgets(source.text, sizeof source.text, file) == nullptr) source.text[0] = '\0';
    std::fclose(file);
    source.text[std::strcspn(source.text, "\n")] = '\0';
  }
  return source;
}

/// One moment on both clocks.
struct Moment {
  std::uint64_t counter = 0;
  std::int64_t nanoseconds = 0;
};

/// Brackets a reading of steady_clock between two of the counter, and keeps the tightest of many:
/// an interrupt in between can't spoil the scale.
Moment simultaneous() noexcept {
  Moment best;
  auto tightest = std::numeric_limits<std::uint64_t>::max();
  for (int i = 0; i < 64; ++i) {
    _mm_lfence();
    const std::uint64_t before = __rdtsc();
    const auto steady = std::chrono::steady_clock::now();
    _mm_lfence();
    const std::uint64_t after = __rdtsc();
    if (after - before < tightest) {
      tightest = after - before;
      best = {before + (after - before) / 2,
              std::chrono::nanoseconds(steady.time_since_epoch()).count()};
    }
  }
  return best;
}

TscScale measure_scale() noexcept {
  if (!tsc_trusted(invariant_counter(), current_clocksource().text)) return {};
  const Moment first = simultaneous();
  Moment last = first;
  while (last.nanoseconds - first.nanoseconds < 10'000'000) last = simultaneous();
  if (last.counter <= first.counter) return {};
  const auto scale = static_cast<long double>(last.nanoseconds - first.nanoseconds) /
                     static_cast<long double>(last.counter - first.counter);
  return {static_cast<std::uint64_t>(
      scale * static_cast<long double>(std::uint64_t{1} << TscScale::shift) + 0.5L)};
}

}  // namespace

const TscScale& tsc_scale() noexcept {
  static const TscScale scale = measure_scale();
  return scale;
}
#else
const TscScale& tsc_scale() noexcept {
  static const TscScale scale{};
  return scale;
}
#endif

}  // namespace perf_timer::detail
