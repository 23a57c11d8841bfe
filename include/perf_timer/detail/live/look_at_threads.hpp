//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/export.hpp>
#include <perf_timer/detail/report/thread_samples.hpp>

namespace perf_timer::inline v0_1::detail {

/// Calls `see(context, sample)` with what each thread does right now. Nobody who measures is held
/// up, but for threads that begin or end, so `see` neither allocates nor takes a lock. Neither does
/// this.
PERF_TIMER_EXPORT void look_at_threads(void (*see)(void* context, const ThreadSample& sample),
                                       void* context);

}  // namespace perf_timer::inline v0_1::detail
