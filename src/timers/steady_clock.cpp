// What the default clock's timers need, compiled once.
#include <perf_timer/detail/timers/operation_run.hpp>
#include <perf_timer/detail/timers/steady_clock_asio_runs.hpp>
#include <perf_timer/detail/timers/steady_clock_runs.hpp>

namespace perf_timer::inline v0_1::detail {

template void trace<std::chrono::steady_clock>(TracedTimer, Ticks) noexcept;
template void trace<std::chrono::steady_clock>(TracedTimer, Ticks, Ticks, RunOutcome) noexcept;
template class OperationRun<std::chrono::steady_clock>;
template FractionalNanoseconds cost_of_a_run_recorded_by<SteadyRunOfOneThread>(const Observer&);
template FractionalNanoseconds cost_of_a_run_recorded_by<SteadyRunOfAnyThread>(const Observer&);
template FractionalNanoseconds cost_of_a_run_recorded_by<SteadyAsioRun>(const Observer&);

}  // namespace perf_timer::inline v0_1::detail
