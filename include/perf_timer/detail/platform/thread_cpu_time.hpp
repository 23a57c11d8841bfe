//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <chrono>

namespace perf_timer::inline v0_1::detail {

/// Returns the processor time that the calling thread has used. The standard library only has that
/// of the whole process. Without this function there is no `thread_cpu_clock`.
[[nodiscard]] std::chrono::nanoseconds thread_cpu_time() noexcept;

}  // namespace perf_timer::inline v0_1::detail
