//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <chrono>

namespace perf_timer::inline v0_1::detail {

/// Processor time that the calling thread has used. The standard library has only that of the whole
/// process. Without it there is no `thread_cpu_clock`.
[[nodiscard]] std::chrono::nanoseconds thread_cpu_time() noexcept;

}  // namespace perf_timer::inline v0_1::detail
