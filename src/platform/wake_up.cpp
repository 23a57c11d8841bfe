//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "semaphore.hpp"

#include <perf_timer/detail/platform/wake_up.hpp>

#include <cstddef>
#include <new>

namespace perf_timer::inline v0_1::detail {
namespace {

// Never destroyed: who has woken a thread may still be about to post.
[[nodiscard]] SignalSemaphore& semaphore_in(std::byte* memory) noexcept {
  return *std::launder(reinterpret_cast<SignalSemaphore*>(memory));
}

}  // namespace

// Between two changes of `state_` to `sleeps` there is one from it, and so one post for one take.
void WakeUp::sleep() noexcept { semaphore_in(semaphore_.data()).take(); }
void WakeUp::wake_sleeper() noexcept { semaphore_in(semaphore_.data()).post(); }

void WakeUp::make_semaphore() noexcept {
  static_assert(sizeof(SignalSemaphore) <= sizeof semaphore_ &&
                alignof(SignalSemaphore) <= alignof(void*));
  new (semaphore_.data()) SignalSemaphore;
  is_made_ = true;
}

void WakeUp::after_fork_in_child() noexcept {
  state_.store(awake, std::memory_order_relaxed);
  is_made_ = false;
}

}  // namespace perf_timer::inline v0_1::detail
