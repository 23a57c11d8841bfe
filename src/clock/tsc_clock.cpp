//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/clock/steady_now.hpp>
#include <perf_timer/detail/clock/tsc_calibration.hpp>
#include <perf_timer/tsc_clock.hpp>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <thread>

namespace perf_timer::inline v0_1 {
namespace detail {

constinit TscScale tsc_scale;

namespace {

std::int64_t steady_clock_now() noexcept {
  return std::chrono::nanoseconds(std::chrono::steady_clock::now().time_since_epoch()).count();
}

bool switched_off() noexcept {
  const char* const wish = std::getenv("PERF_TIMER_TSC");
  return wish && std::strcmp(wish, "0") == 0;
}

/// Keeps the tightest of many pairs of readings, so that an interrupt in between can't spoil the
/// scale.
TscMoment tightest_moment() noexcept {
  TscMoment best;
  auto tightest = std::numeric_limits<std::uint64_t>::max();
  for (int i = 0; i < 64; ++i) {
    const std::uint64_t before = read_tsc();
    const std::int64_t steady = steady_clock_now();
    const std::uint64_t after = read_tsc();
    if (after - before < tightest) {
      tightest = after - before;
      // The counter is that before, not the middle. So times from the counter are never behind
      // those of `steady_clock` that were taken shortly before, and no run seems to end before it
      // began.
      best = {before, steady};
    }
  }
  return best;
}

enum class CalibrationStage { trust, measuring, done };
constinit std::atomic<CalibrationStage> calibration_stage{has_tsc ? CalibrationStage::trust
                                                                  : CalibrationStage::done};
// Guards the calibration; nobody waits for it. Who has it reads the stage relaxed, as nobody else
// writes it.
constinit std::atomic_flag calibrating;
constinit TscCalibration calibration;

void calibrate() noexcept {
  if (calibration_stage.load(std::memory_order_relaxed) == CalibrationStage::trust) {
    const bool trusted =
        !switched_off() && tsc_trusted(tsc_is_invariant(), current_clocksource().text);
    calibration_stage.store(trusted ? CalibrationStage::measuring : CalibrationStage::done,
                            std::memory_order_relaxed);
    if (!trusted) return;
  }
  if (const auto result = calibration.add(tightest_moment())) {
    tsc_scale.counter = result->from.counter;
    tsc_scale.nanoseconds = result->from.nanoseconds;
    tsc_scale.multiplier.store(result->multiplier, std::memory_order_release);
    calibration_stage.store(CalibrationStage::done, std::memory_order_release);
  }
}

bool calibrated() noexcept {
  return calibration_stage.load(std::memory_order_acquire) == CalibrationStage::done;
}

void calibrate_if_time(std::int64_t now) noexcept {
  if (calibrating.test_and_set(std::memory_order_acquire)) return;
  if (!calibrated() && !calibration.too_early(now)) calibrate();
  calibrating.clear(std::memory_order_release);
}
}  // namespace

std::int64_t steady_now_without_tsc() noexcept {
  const std::int64_t now = steady_clock_now();
  if (!calibrated()) [[unlikely]]
    calibrate_if_time(now);
  return now;
}

}  // namespace detail

bool tsc_clock::uses_counter() noexcept {
  // Waits for a limited time: in a child that was forked while another thread measured, nobody goes
  // on.
  const std::int64_t latest =
      detail::steady_clock_now() + 2 * detail::TscCalibration::least_nanoseconds;
  while (!detail::calibrated() && detail::steady_now() < latest) std::this_thread::yield();
  return detail::tsc_scale.multiplier.load(std::memory_order_acquire) != 0;
}

}  // namespace perf_timer::inline v0_1
