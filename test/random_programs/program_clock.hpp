//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/asio.hpp>

#include "common/manual_clock.hpp"

#include <chrono>

namespace perf_timer::test::random_programs {

#if PERF_TIMER_ASIO_IS_TRACKED && defined(__cpp_lib_source_location)

/// Whether it is a tracked program in which all handlers are steps.
inline constexpr bool is_tracked = true;

/// A tracked program follows its runs by the default clock. It stands still as well: this program
/// has a `steady_clock::now` of its own.
using ProgramClock = std::chrono::steady_clock;

#else

inline constexpr bool is_tracked = false;
using ProgramClock = ManualClock;

#endif

}  // namespace perf_timer::test::random_programs
