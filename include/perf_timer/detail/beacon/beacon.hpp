//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/clock/ticks.hpp>
#include <perf_timer/detail/platform/attributes.hpp>
#include <perf_timer/detail/platform/export.hpp>

#include <atomic>
#include <cstdint>

namespace perf_timer::inline v0_1::detail {

/// What readers have seen of a beacon: since when it is what it is now.
struct Sighting {
  static constexpr Ticks unknown = -1;

  std::int64_t sight = unknown;
  Ticks since = 0;             ///< when a reader had first seen it so
  Ticks not_before = unknown;  ///< when a reader began the last look before that
  Ticks processor = unknown;   ///< the processor time that the thread had used at `since`
};

/// Tells other threads whether a thread executes a step, and how many it has executed, at the price
/// of two stores a step and no clock. Its number is odd while the outermost step executes, and even
/// outside. So a reader that sees the same odd number twice knows that it was one step all the
/// time.
///
/// A thread has one for each clock. It is a `thread_local`, and trivially destructible, so that it
/// can be used to the very end of the thread. Thread safety: `seen`; the rest belongs to the
/// thread.
class Beacon {
 public:
  /// What a reader sees.
  using Sight = std::int64_t;
  [[nodiscard]] static constexpr bool in_step(Sight sight) noexcept { return (sight & lit) != 0; }
  /// How many steps have begun.
  [[nodiscard]] static constexpr std::int64_t steps(Sight sight) noexcept {
    return sight < 0 ? 0 : sight / a_step + in_step(sight);
  }

  /// Whoever sees a step sees what the thread wrote before it began.
  [[nodiscard]] Sight seen() const noexcept { return number_.load(std::memory_order_acquire); }

  /// The thread enters its outermost step. If the result is true, `enlist` must follow.
  [[nodiscard]] bool begin() noexcept { return light(lit); }
  /// The thread has left its outermost step.
  void end() noexcept {
    if (const Sight sight = number_.load(std::memory_order_relaxed); (sight & held) == 0) [[likely]]
      darken(sight);
  }

  /// The same of a handler in a tracked program, around such steps. It is one step with these.
  [[nodiscard]] bool begin_handler() noexcept { return light(lit | held); }
  void end_handler() noexcept { darken(number_.load(std::memory_order_relaxed)); }

  /// Makes the beacon known to readers until the thread ends; see `WatchedThread`. Called in the
  /// first step.
  PERF_TIMER_COLD PERF_TIMER_EXPORT void enlist() noexcept;

  /// The thread's next beacon, or null.
  [[nodiscard]] const Beacon* next() const noexcept { return next_; }
  [[nodiscard]] Beacon* next() noexcept { return next_; }

  /// Guarded by the list of threads.
  [[nodiscard]] Sighting& sighting() noexcept { return sighting_; }

 private:
  // The lowest bits tell what is, and the others how many steps have ended.
  static constexpr Sight lit = 1, held = 2, a_step = 4;
  // So that the sign which the first step finds tells that it is the first.
  static constexpr Sight unknown = -a_step;

  [[nodiscard]] bool light(Sight how) noexcept {
    const Sight sight = number_.load(std::memory_order_relaxed) | how;
    number_.store(sight, std::memory_order_release);
    return sight < 0;
  }
  void darken(Sight sight) noexcept {
    number_.store((sight + (a_step - 1)) & ~(a_step - 1), std::memory_order_relaxed);
  }

  // Its thread alone writes it, so that thread reads it relaxed. That a step has ended says nothing
  // about what was written before.
  std::atomic<Sight> number_{unknown};
  Beacon* next_ = nullptr;
  Sighting sighting_;
};

}  // namespace perf_timer::inline v0_1::detail
