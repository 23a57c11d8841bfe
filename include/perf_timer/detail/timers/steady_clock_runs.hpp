//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/timers/overhead.hpp>
#include <perf_timer/detail/timers/scope_run.hpp>
#include <perf_timer/detail/timers/targets.hpp>
#include <perf_timer/detail/timers/wall_run.hpp>

#include <chrono>

namespace perf_timer::inline v0_1::detail {

// These measure the cost of a run with the default clock, and are compiled once.
using SteadyRunOfOneThread = ScopeRun<WallRun<std::chrono::steady_clock>, OneThread>;
using SteadyRunOfAnyThread = ScopeRun<WallRun<std::chrono::steady_clock>, AnyThread>;
extern template FractionalNanoseconds cost_of_a_run_recorded_by<SteadyRunOfOneThread>(
    const Observer&);
extern template FractionalNanoseconds cost_of_a_run_recorded_by<SteadyRunOfAnyThread>(
    const Observer&);

}  // namespace perf_timer::inline v0_1::detail
