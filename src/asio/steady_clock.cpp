//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// The default clock's, compiled once. Nothing here includes Asio: the library has no configuration
// of it.
#include <perf_timer/detail/asio/submitted_step.hpp>

#include <chrono>

namespace perf_timer::inline v0_1::detail {

template class SubmittedStep<std::chrono::steady_clock>;
template class TimedStep<std::chrono::steady_clock>;

}  // namespace perf_timer::inline v0_1::detail
