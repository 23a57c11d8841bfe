//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/clock/ticks.hpp>
#include <perf_timer/detail/platform/attributes.hpp>
#include <perf_timer/detail/platform/export.hpp>
#include <perf_timer/detail/platform/wake_up.hpp>
#include <perf_timer/detail/trace/events.hpp>

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <limits>

namespace perf_timer::inline v0_1::detail {

/// What took longer than a flight recorder allows. A run of a wrapped executor's timer is a
/// `function`. A handler of an operation of a tracked program counts as a step.
struct SlowEvent {
  enum class Of : unsigned char { run, step, function, handler };

  [[nodiscard]] bool is_step() const noexcept { return of == Of::step || of == Of::handler; }

  Of of = Of::run;
  TracedTimer timer = 0;          ///< for a step, of the run for which it began; 0 if there is none
  TracedOperation operation = 0;  ///< of a handler
  TraceThread thread = 0;
  std::uint32_t trace = 0;  ///< the number of the trace whose clock dates it
  Ticks begin = 0;
  Ticks end = 0;
};

/// Slow events on their way from the threads on which they happen to the flight recorder's thread.
/// Needs neither construction nor destruction.
///
/// Thread safety: all members, except that one thread at a time may start, stop, fetch and wait.
class PERF_TIMER_EXPORT SlowEvents {
 public:
  static constexpr Ticks never = std::numeric_limits<Ticks>::max();

  /// Returns whether somebody wants to know of slow events.
  [[nodiscard]] bool wanted() const noexcept {
    return slower_than_.load(std::memory_order_relaxed) != never;
  }
  [[nodiscard]] bool is_slow(Ticks elapsed) const noexcept {
    return elapsed > slower_than_.load(std::memory_order_relaxed);
  }

  /// Neither waits nor allocates. Events for which there is no room are counted.
  PERF_TIMER_COLD PERF_TIMER_NOINLINE void tell(const SlowEvent& event) noexcept;

  struct Fetched {
    std::array<SlowEvent, 16> events;  ///< the first `size`, in the order of their ends
    std::size_t size = 0;
    std::uint64_t more_runs = 0, more_steps = 0;  ///< for which there was no room
  };
  /// Returns what was told since the last call. Leaves out what is of an earlier trace: a thread
  /// may have been about to tell it when that trace ended.
  [[nodiscard]] Fetched fetch() noexcept;

  /// From now on, what takes longer is slow, if it is of this trace. Forgets what was told before.
  void start(Ticks slower_than, std::uint32_t trace) noexcept;
  /// Returns the trace's number.
  [[nodiscard]] std::uint32_t trace() const noexcept {
    return trace_.load(std::memory_order_relaxed);
  }
  void stop() noexcept { slower_than_.store(never, std::memory_order_relaxed); }
  /// In the child of a fork, in which no other thread is about to tell something.
  void after_fork_in_child() noexcept;

  /// Returns once something was told since the last return, or somebody called `wake`.
  void wait() noexcept { news_.wait(); }
  void wake() noexcept { news_.wake(); }

 private:
  /// Whoever changes `state` from `empty` may write.
  struct Place {
    enum State : unsigned char { empty, being_written, full };
    std::atomic<State> state{empty};
    SlowEvent event;
  };

  // Relaxed: each says all by itself, and `Place::state` orders what is in a place.
  std::atomic<Ticks> slower_than_{never};
  std::atomic<std::uint32_t> trace_{0};
  std::atomic<std::uint64_t> more_runs_{0}, more_steps_{0};
  std::array<Place, 16> places_;
  WakeUp news_;
};

/// There is one trace, and so one flight recorder.
PERF_TIMER_EXPORT extern constinit SlowEvents slow_events;

}  // namespace perf_timer::inline v0_1::detail
