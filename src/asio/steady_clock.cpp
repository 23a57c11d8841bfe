// The default clock's instances, compiled once. Nothing here includes Asio, because the library has
// no configuration of it.
#include <perf_timer/detail/asio/submitted_step.hpp>

#include <chrono>

namespace perf_timer::inline v0_1::detail {

template void SubmittedStep<std::chrono::steady_clock>::submit() noexcept;
template void TimedStep<std::chrono::steady_clock, ThreadWait>::end() noexcept;
template void TimedStep<std::chrono::steady_clock, ThreadWait>::end_described(
    Recorder&, const RunTimes&) const noexcept;
template void TimedStep<std::chrono::steady_clock, ThreadWait>::end_otherwise(
    Recorder&, const RunTimes&) const noexcept;
template void TimedStep<std::chrono::steady_clock, ThreadWait>::trace(
    const RunTimes&) const noexcept;
template void TimedStep<std::chrono::steady_clock, StrandWait>::end() noexcept;
template void TimedStep<std::chrono::steady_clock, StrandWait>::end_described(
    Recorder&, const RunTimes&) const noexcept;
template void TimedStep<std::chrono::steady_clock, StrandWait>::end_otherwise(
    Recorder&, const RunTimes&) const noexcept;
template void TimedStep<std::chrono::steady_clock, StrandWait>::trace(
    const RunTimes&) const noexcept;

}  // namespace perf_timer::inline v0_1::detail
