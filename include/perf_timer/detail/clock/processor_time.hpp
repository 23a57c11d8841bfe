//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/clock/ticks.hpp>
#include <perf_timer/detail/platform/attributes.hpp>
#include <perf_timer/thread_cpu_clock.hpp>
#include <perf_timer/timer_clock.hpp>

#include <concepts>
#include <limits>
#include <type_traits>

namespace perf_timer::inline v0_1::detail {

template <class Clock>
struct ProcessorClock {
  using type = thread_cpu_clock;
};
template <class Clock>
  requires requires { typename Clock::processor_clock; }
struct ProcessorClock<Clock> {
  using type = typename Clock::processor_clock;
};

/// Returns how long the calling thread has been on a processor, for a timer of this clock. It is
/// read by `Clock::processor_clock` if there is one, as of a clock that a test advances. Rare, so
/// it is kept out of its callers.
template <class Clock>
[[nodiscard]] PERF_TIMER_COLD PERF_TIMER_NOINLINE Ticks processor_time() noexcept {
  return now<typename ProcessorClock<Clock>::type>();
}

/// The processor time of a run that executes on one thread, if it is measured. It begins before the
/// run's own time and ends after that, so that the readings aren't part of that.
template <class Clock>
class CpuSample {
 public:
  explicit CpuSample(bool taken) noexcept : began_(taken ? processor_time<Clock>() : none) {}

  [[nodiscard]] bool is_taken() const noexcept { return began_ != none; }
  /// Returns how long it was. Requires that it is taken.
  [[nodiscard]] Ticks end() const noexcept { return processor_time<Clock>() - began_; }

 private:
  static constexpr Ticks none = std::numeric_limits<Ticks>::min();

  Ticks began_;
};

/// For runs of which it isn't measured.
struct NoCpuSample {
  explicit NoCpuSample(bool) noexcept {}
  [[nodiscard]] static constexpr bool is_taken() noexcept { return false; }
  [[nodiscard]] static Ticks end() noexcept { return 0; }
};

/// A run by a processor's clock is measured by nothing else.
template <class Clock>
using CpuSampleOf =
    std::conditional_t<!is_shared_clock<Clock> && !std::same_as<Clock, wall_clock_of<Clock>>,
                       NoCpuSample, CpuSample<Clock>>;

}  // namespace perf_timer::inline v0_1::detail
