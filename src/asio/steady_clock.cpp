// The default clock's instances, compiled once. Nothing here includes Asio, because the library has
// no configuration of it.
#include <perf_timer/detail/asio/submitted_step.hpp>

#include <chrono>

namespace perf_timer::inline v0_1::detail {

template void SubmittedStep<std::chrono::steady_clock>::submit() noexcept;
template void SubmittedStep<std::chrono::steady_clock>::record_dropped() const noexcept;
template void TimedStep<std::chrono::steady_clock>::end() noexcept;
template void TimedStep<std::chrono::steady_clock>::end_otherwise(Recorder&,
                                                                  const RunTimes&) const noexcept;
template void TimedStep<std::chrono::steady_clock>::trace(const RunTimes&) const noexcept;

}  // namespace perf_timer::inline v0_1::detail
