//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/recorder/drain_gate.hpp>

#include <thread>

namespace perf_timer::inline v0_1::detail {

// Whoever enters counts itself first, and then looks; whoever shuts it does the opposite. So one of
// them sees the other.
void DrainGate::enter() noexcept {
  for (;;) {
    inside_.fetch_add(1);
    if (!shut_.load()) return;
    inside_.fetch_sub(1, std::memory_order_release);
    const std::lock_guard wait(mutex_);
  }
}

void DrainGate::shut() noexcept {
  mutex_.lock();
  shut_.store(true);
  while (inside_.load() != 0) std::this_thread::yield();
}

bool DrainGate::try_shut() noexcept {
  if (!mutex_.try_lock()) return false;
  shut_.store(true);
  if (inside_.load() == 0) return true;
  open();
  return false;
}

void DrainGate::open() noexcept {
  shut_.store(false, std::memory_order_release);
  mutex_.unlock();
}

}  // namespace perf_timer::inline v0_1::detail
