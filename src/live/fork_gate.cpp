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

constinit thread_local bool locked = false;  // by this thread, which forks

std::timed_mutex& gate() {
  // Never destroyed, as a process may fork late.
  static std::timed_mutex* const immortal = [] {
    const auto before = [] { locked = gate().try_lock_for(std::chrono::milliseconds(100)); };
    const auto after = [] {
      if (std::exchange(locked, false)) gate().unlock();
    };
    ::pthread_atfork(before, after, after);
    return new std::timed_mutex;
  }();
  return *immortal;
}

}  // namespace

std::unique_lock<std::timed_mutex> hold_off_forks() { return std::unique_lock(gate()); }

}  // namespace perf_timer::detail
