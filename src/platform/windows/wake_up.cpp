//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "system.hpp"

#include <perf_timer/detail/platform/wake_up.hpp>

namespace perf_timer::inline v0_1::detail {

static_assert(sizeof(std::atomic<unsigned char>) == 1);  // the system compares its one byte

// It may also return for no reason.
void WakeUp::sleep() noexcept {
  unsigned char state = sleeps;
  while (state_.load(std::memory_order_relaxed) == state)
    ::WaitOnAddress(&state_, &state, sizeof state, INFINITE);
}
void WakeUp::wake_sleeper() noexcept { ::WakeByAddressSingle(&state_); }

void WakeUp::make_semaphore() noexcept { is_made_ = true; }

void WakeUp::after_fork_in_child() noexcept {}  // there are no forks

}  // namespace perf_timer::inline v0_1::detail
