//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/attributes.hpp>
#include <perf_timer/detail/platform/export.hpp>

namespace perf_timer::inline v0_1::detail {

/// What a strand of a tracked program does that was given a function. It submits itself if it was
/// idle.
struct StrandSubmission {
  const void* strand;             ///< its state
  bool is_through_a_run = false;  ///< to a started run's executor
};

/// That of the innermost strand, while `ThreadState::strand_submits`.
PERF_TIMER_EXPORT PERF_TIMER_INITIAL_EXEC inline constinit thread_local StrandSubmission*
    strand_submission = nullptr;

}  // namespace perf_timer::inline v0_1::detail
