// The default clock's instances, compiled once. Nothing here includes Asio, because the library has
// no configuration of it.
#include <perf_timer/detail/asio/submitted_step.hpp>

#include <chrono>

namespace perf_timer::inline v0_1::detail {

template class SubmittedStep<std::chrono::steady_clock>;
template class TimedStep<std::chrono::steady_clock>;

}  // namespace perf_timer::inline v0_1::detail
