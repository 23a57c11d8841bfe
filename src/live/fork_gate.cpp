//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/live/fork_gate.hpp>

#include <chrono>
#include <utility>

#include <pthread.h>

namespace perf_timer::detail {
namespace {

struct Gate {
  std::timed_mutex mutex;
  bool forking = false;  // the forking thread's, while it has the mutex
};

Gate& gate() {
  // Never destroyed, as a process may fork late.
  static Gate* const immortal = [] {
    const auto before = [] {
      if (gate().mutex.try_lock_for(std::chrono::milliseconds(100))) gate().forking = true;
    };
    const auto after = [] {
      if (std::exchange(gate().forking, false)) gate().mutex.unlock();
    };
    ::pthread_atfork(before, after, after);
    return new Gate;
  }();
  return *immortal;
}

}  // namespace

std::unique_lock<std::timed_mutex> hold_off_forks() { return std::unique_lock(gate().mutex); }

}  // namespace perf_timer::detail
