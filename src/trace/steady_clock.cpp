//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// The hooks of the default clock, compiled once.
#include <perf_timer/detail/trace/hooks.hpp>

#include <chrono>

namespace perf_timer::inline v0_1::detail {

template void trace_step_began<std::chrono::steady_clock>(const StepBegan&) noexcept;
template void trace_step_ended<std::chrono::steady_clock>(const void*) noexcept;
template void trace_function<std::chrono::steady_clock>(const FunctionEnded&) noexcept;
template void trace_closing<std::chrono::steady_clock>(const void*, Ticks) noexcept;
template void trace_run_began<std::chrono::steady_clock>(Ticks, const RunBegan&) noexcept;
template void trace_run_goes_on<std::chrono::steady_clock>(Ticks, const RunGoesOn&) noexcept;
template Ticks trace_run_ended<std::chrono::steady_clock>(Ticks, RunEnded) noexcept;

}  // namespace perf_timer::inline v0_1::detail
