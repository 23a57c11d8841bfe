//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/asio/binding.hpp>
#include <perf_timer/detail/platform/attributes.hpp>
#include <perf_timer/detail/platform/export.hpp>
#include <perf_timer/detail/recorder/free_list.hpp>
#include <perf_timer/detail/recorder/recorder.hpp>
#include <perf_timer/detail/recorder/waiting_times.hpp>
#include <perf_timer/detail/span/thread_state.hpp>

#include <cstdint>

namespace perf_timer::inline v0_1::detail {

/// A timer of a function that is a run of several, from its submission to its end.
struct OneOfSeveral : Recycled<OneOfSeveral> {
  Recorder* timer = nullptr;
  WaitingRef waits;
  OneOfSeveral* next = nullptr;
};

/// The timers that record a function of a wrapped executor: those of its binding, without those
/// that were switched off when it was submitted, or that an executor around it feeds. It is one
/// word, because it moves with the function. It points to where the function's waiting is noted, or
/// to a list if the binding has several timers. Bits of it say which of them, whether there is any
/// timer, and that the function was handed to an executor that may be instrumented, too.
class TimersOfStep {
 public:
  TimersOfStep() noexcept = default;
  explicit TimersOfStep(bool any) noexcept { waits_.bits = any ? timed : 0; }

  [[nodiscard]] bool any() const noexcept { return (waits_.bits & timed) != 0; }

  void hand_over() noexcept { waits_.bits |= handed_over; }
  /// Returns whether its function has timers or was handed over, and hasn't started.
  [[nodiscard]] bool wait_for_something() const noexcept { return waits_.bits != 0; }

  /// Says that the function is submitted to the only timer of its binding, which is switched on.
  void submit(Recorder& only, Ticks since) noexcept { only.submit(since, waits_); }
  /// Says that the function is submitted: each of its timers begins a run. Those that are switched
  /// off are left out, and so are those that the executors of the handover feed.
  PERF_TIMER_EXPORT void submit(const Binding& binding, Ticks since,
                                const Handover* around) noexcept;

  /// Says that it starts. Returns whether its processor time is to be measured.
  PERF_TIMER_EXPORT bool start(const Binding& binding) const noexcept;

  /// Says that it is destroyed without having started.
  PERF_TIMER_EXPORT void drop(const Binding& binding) const noexcept;

  /// Calls `action(Recorder&)` for each that has begun a run.
  template <class Action>
  PERF_TIMER_ALWAYS_INLINE void for_each(const Binding& binding, Action action) const {
    if (has_slot()) [[likely]]
      return action(*binding.only_timer());
    for_each_otherwise(binding, action);
  }
  /// The same for the last time, when it has ended.
  template <class Action>
  PERF_TIMER_ALWAYS_INLINE void end_each(const Binding& binding, Action action) const {
    if (has_slot()) [[likely]]
      return action(*binding.only_timer());
    end_each_otherwise(binding, action);
  }

 private:
  [[nodiscard]] bool has_slot() const noexcept { return (waits_.bits & WaitingRef::has_none) == 0; }
  /// Returns those of several timers; null if there is only one.
  [[nodiscard]] OneOfSeveral* first() const noexcept {
    return has_slot() ? nullptr : waits_.get<OneOfSeveral>();
  }

  // Out of line, so that the usual path saves no register.
  template <class Action>
  PERF_TIMER_COLD PERF_TIMER_NOINLINE void for_each_otherwise(const Binding& binding,
                                                              Action action) const {
    if (!first()) return action(*binding.only_timer());
    for (const OneOfSeveral* one = first(); one; one = one->next) action(*one->timer);
  }
  template <class Action>
  PERF_TIMER_COLD PERF_TIMER_NOINLINE void end_each_otherwise(const Binding& binding,
                                                              Action action) const {
    for_each_otherwise(binding, action);
    forget_several();
  }
  PERF_TIMER_COLD PERF_TIMER_NOINLINE bool start_otherwise(const Binding& binding) const noexcept;
  PERF_TIMER_EXPORT void forget_several() const noexcept;

  static constexpr std::uintptr_t timed = 1, handed_over = 2;
  static_assert((timed | handed_over) == WaitingRef::keepers);

  WaitingRef waits_;
};

}  // namespace perf_timer::inline v0_1::detail
