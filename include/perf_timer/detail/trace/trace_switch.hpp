//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/export.hpp>
#include <perf_timer/detail/trace/timeline.hpp>

#include <atomic>
#include <cstddef>

namespace perf_timer::inline v0_1::detail {

/// Whether anything is traced. Code reads nothing else when nothing is.
PERF_TIMER_EXPORT extern constinit std::atomic<bool> trace_switch;

/// Implements `start_trace`: starts a trace of `memory` bytes. `timeline` dates its events.
PERF_TIMER_EXPORT void start_trace(std::size_t memory, const Timeline& timeline);

}  // namespace perf_timer::inline v0_1::detail
