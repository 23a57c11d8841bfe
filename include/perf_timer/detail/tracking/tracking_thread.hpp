//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/attributes.hpp>
#include <perf_timer/detail/platform/export.hpp>

namespace perf_timer::inline v0_1::detail {

class OperationCompletion;
class OperationLocation;

/// A line of source, by literals.
struct SourceLine {
  const char* file = nullptr;
  const char* function = nullptr;
  unsigned line = 0;
};

/// What a thread of a tracked program executes right now. Trivially destructible, so that it can be
/// used to the very end of the thread.
struct TrackingThread {
  const OperationLocation* location = nullptr;  ///< the innermost
  OperationCompletion* completion = nullptr;    ///< the innermost whose handler executes
  SourceLine awaits;  ///< the last `co_await` in a coroutine of the program, in this step
};

/// The calling thread's. A function that isn't inlined must stand between a coroutine and this; see
/// `thread_state_of`.
PERF_TIMER_EXPORT PERF_TIMER_INITIAL_EXEC inline constinit thread_local TrackingThread
    tracking_thread{};

}  // namespace perf_timer::inline v0_1::detail
