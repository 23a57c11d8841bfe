//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

/// \file
/// Makes the default clock stand still in the whole program, for its timers as for Asio's, and each
/// thread's processor time. What the program defines takes precedence over libraries. One file of
/// the program includes this.

#include "common/manual_clock.hpp"

#include <perf_timer/thread_cpu_clock.hpp>

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <cstdlib>
#include <cstring>

std::chrono::steady_clock::time_point std::chrono::steady_clock::now() noexcept {
  return time_point(duration(perf_timer::test::ManualClock::ticks.load()));
}

perf_timer::thread_cpu_clock::time_point perf_timer::thread_cpu_clock::now() noexcept {
  return time_point(perf_timer::test::ManualClock::processor_clock::now().time_since_epoch());
}

namespace {

/// The processor's counter goes on.
struct CounterIsSwitchedOff {
  CounterIsSwitchedOff() {
    const char* const wish = std::getenv("PERF_TIMER_TSC");
    BOOST_REQUIRE_MESSAGE(wish && std::strcmp(wish, "0") == 0,
                          "this test needs PERF_TIMER_TSC=0 in the environment");
  }
};
BOOST_TEST_GLOBAL_FIXTURE(CounterIsSwitchedOff);

}  // namespace
