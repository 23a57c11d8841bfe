//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/span/open_run.hpp>
#include <perf_timer/detail/timers/overhead.hpp>
#include <perf_timer/detail/timers/scope_run.hpp>
#include <perf_timer/detail/timers/targets.hpp>

#include <chrono>

namespace perf_timer::inline v0_1::detail {

// The runs of the default clock, compiled once.
using SteadyAsioRun = ScopeRun<OpenRun<std::chrono::steady_clock>, AnyThread>;
extern template FractionalNanoseconds cost_of_a_run_recorded_by<SteadyAsioRun>(const Observer&);

}  // namespace perf_timer::inline v0_1::detail
