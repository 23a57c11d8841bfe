//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/live/fork_gate.hpp>
#include <perf_timer/detail/platform/at_fork.hpp>

#include <chrono>
#include <thread>
#include <utility>

namespace perf_timer::inline v0_1::detail {
namespace {

constinit thread_local bool gate_locked_here = false;  // by the thread that forks

std::mutex& gate();

// Not `try_lock_for`, which the thread sanitizer of g++ 12 doesn't see.
void before_fork() {
  const auto latest = std::chrono::steady_clock::now() + std::chrono::milliseconds(100);
  while (!(gate_locked_here = gate().try_lock()) && std::chrono::steady_clock::now() < latest)
    std::this_thread::yield();
}

void after_fork() {
  if (std::exchange(gate_locked_here, false)) gate().unlock();
}

std::mutex& gate() {
  // Never destroyed, as a process may fork late.
  static std::mutex* const immortal = [] {
    at_fork(before_fork, after_fork, after_fork);
    return new std::mutex;
  }();
  return *immortal;
}

}  // namespace

std::unique_lock<std::mutex> hold_off_forks() { return std::unique_lock(gate()); }

}  // namespace perf_timer::inline v0_1::detail
