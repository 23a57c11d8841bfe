//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/export.hpp>

#include <array>
#include <atomic>
#include <cstddef>

namespace perf_timer::inline v0_1::detail {

/// One thread sleeps until another wakes it. It is for namespace scope: it needs neither
/// construction nor destruction.
///
/// `std::atomic::wait` isn't for that: libstdc++ 12 can sleep for ever where a system has no
/// futexes. A mutex isn't either: whoever wakes would wait for it.
///
/// Thread safety: any thread may wake; one at a time may wait.
class PERF_TIMER_EXPORT WakeUp {
 public:
  constexpr WakeUp() noexcept = default;
  WakeUp(const WakeUp&) = delete;
  WakeUp& operator=(const WakeUp&) = delete;

  /// Neither waits nor allocates, nor asks the system for anything if nobody sleeps. What the
  /// caller has written is seen by who is woken.
  void wake() noexcept {
    if (state_.exchange(woken, std::memory_order_acq_rel) == sleeps) wake_sleeper();
  }
  /// Returns once `wake` was called since the last return. Any number of calls is one.
  void wait() noexcept {
    if (!is_made_) make_semaphore();
    unsigned char state = awake;
    if (state_.compare_exchange_strong(state, sleeps, std::memory_order_acq_rel,
                                       std::memory_order_acquire))
      sleep();
    // Those that wake from now on are for the next time. An exchange, to see what all have written
    // that woke before.
    state_.exchange(awake, std::memory_order_acquire);
  }
  /// In the child of a fork, in which nobody sleeps.
  void after_fork_in_child() noexcept;

 private:
  // `awake` becomes `sleeps` by the one that waits, and either becomes `woken` by any other.
  enum State : unsigned char { awake, sleeps, woken };

  void make_semaphore() noexcept;
  void sleep() noexcept;
  void wake_sleeper() noexcept;

  std::atomic<unsigned char> state_{awake};
  // Made by the first that waits, so that whoever finds that it sleeps sees it. Not needed where
  // the system can wait for a change of `state_`.
  bool is_made_ = false;
  [[maybe_unused]] alignas(void*) std::array<std::byte, 32> semaphore_{};
};

}  // namespace perf_timer::inline v0_1::detail
