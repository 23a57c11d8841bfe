//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

/// \file
/// Makes the default clock stand still in the whole program, for its timers as for Asio's. What the
/// program defines takes precedence over the standard library. One file of the program includes
/// this.

#include "common/manual_clock.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <cstdlib>
#include <cstring>

std::chrono::steady_clock::time_point std::chrono::steady_clock::now() noexcept {
  return time_point(duration(perf_timer::test::ManualClock::ticks.load()));
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
