//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/export.hpp>
#include <perf_timer/detail/report/thread_samples.hpp>

#include <vector>

namespace perf_timer::inline v0_1::detail {

/// Returns what each thread does right now. Nobody who measures is held up, but for threads that
/// begin or end. Throws std::bad_alloc.
[[nodiscard]] PERF_TIMER_EXPORT std::vector<ThreadSample> look_at_threads();

}  // namespace perf_timer::inline v0_1::detail
