//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/clock/tsc_calibration.hpp>
#include <perf_timer/tsc_clock.hpp>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <thread>

#if PERF_TIMER_HAS_TSC
#include <cpuid.h>
#endif

namespace perf_timer::inline v0_1 {
namespace detail {

constinit TscScale tsc_scale;

namespace {

std::int64_t steady_clock_now() noexcept {
  return std::chrono::nanoseconds(std::chrono::steady_clock::now().time_since_epoch()).count();
}

#if PERF_TIMER_HAS_TSC
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

bool switched_off() noexcept {
  const char* const wish = std::getenv("PERF_TIMER_TSC");
  return wish && std::strcmp(wish, "0") == 0;
}

/// Keeps the tightest of many: an interrupt in between can't spoil the scale.
TscMoment moment() noexcept {
  TscMoment best;
  auto tightest = std::numeric_limits<std::uint64_t>::max();
  for (int i = 0; i < 64; ++i) {
    __builtin_ia32_lfence();
    const std::uint64_t before = __builtin_ia32_rdtsc();
    const std::int64_t steady = steady_clock_now();
    __builtin_ia32_lfence();
    const std::uint64_t after = __builtin_ia32_rdtsc();
    if (after - before < tightest) {
      tightest = after - before;
      // Not the middle: then readings of the counter are never behind those of `steady_clock` that
      // were taken shortly before, and no run seems to end before it began.
      best = {before, steady};
    }
  }
  return best;
}

enum class Stage { trust, measuring, done };
constinit std::atomic<Stage> stage{Stage::trust};
constinit std::atomic_flag busy;  // guards the calibration; nobody waits for it
constinit TscCalibration calibration;

void calibrate() noexcept {
  if (stage.load(std::memory_order_relaxed) == Stage::trust) {
    const bool trusted =
        !switched_off() && tsc_trusted(invariant_counter(), current_clocksource().text);
    stage.store(trusted ? Stage::measuring : Stage::done, std::memory_order_relaxed);
    if (!trusted) return;
  }
  if (const auto result = calibration.add(moment())) {
    tsc_scale.counter = result->from.counter;
    tsc_scale.nanoseconds = result->from.nanoseconds;
    tsc_scale.multiplier.store(result->multiplier, std::memory_order_release);
    stage.store(Stage::done, std::memory_order_release);
  }
}

bool calibrated() noexcept { return stage.load(std::memory_order_acquire) == Stage::done; }

void calibrate_if_time(std::int64_t now) noexcept {
  if (busy.test_and_set(std::memory_order_acquire)) return;
  if (!calibrated() && !calibration.too_early(now)) calibrate();
  busy.clear(std::memory_order_release);
}
#else
bool calibrated() noexcept { return true; }
void calibrate_if_time(std::int64_t) noexcept {}
#endif

}  // namespace

std::int64_t steady_now_without_tsc() noexcept {
  const std::int64_t now = steady_clock_now();
  if (!calibrated()) [[unlikely]]
    calibrate_if_time(now);
  return now;
}

}  // namespace detail

bool tsc_clock::uses_counter() noexcept {
  // Not for ever: in a child that was forked while another thread measured, nobody goes on.
  const std::int64_t latest =
      detail::steady_clock_now() + 2 * detail::TscCalibration::least_nanoseconds;
  while (!detail::calibrated() && detail::steady_now() < latest) std::this_thread::yield();
  return detail::tsc_scale.multiplier.load(std::memory_order_acquire) != 0;
}

}  // namespace perf_timer::inline v0_1
