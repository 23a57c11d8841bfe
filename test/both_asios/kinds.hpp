//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include "common/manual_clock.hpp"
#include "common/quiet_timer.hpp"

#include <perf_timer.hpp>

#include <functional>

namespace perf_timer::test {

using BothTimer = QuietTimer<ManualClock>;

/// What a file does with the Asio that it uses. All return when it is done.
struct Kind {
  /// Executes a function on an executor that the timer wraps.
  void (*execute)(BothTimer& timer, const std::function<void()>& function);
  /// The same on an instrumented executor.
  void (*execute_instrumented)(const std::function<void()>& function);
  /// Awaits a decorated coroutine. It waits for a timer, and computes before and after that.
  void (*await)(BothTimer& timer, int ticks);
  /// Times an operation that is cancelled.
  void (*cancel)(BothTimer& timer);
  /// Starts all that has a thread of its own, and destroys the context.
  void (*report)(BothTimer& timer);
};

extern const Kind boost_asio, standalone_asio;

}  // namespace perf_timer::test
