//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/attributes.hpp>
#include <perf_timer/detail/platform/export.hpp>

namespace perf_timer::inline v0_1::detail {

class AwaitedAt;
class OperationCompletion;
class OperationLocation;

/// A line of source, by literals.
struct SourceLine {
  const char* file = nullptr;
  const char* function = nullptr;
  unsigned line = 0;
};

/// The line at which a coroutine of the program awaits the operation that starts next in this step.
class AwaitedLine {
 public:
  /// A coroutine awaits another one there.
  void remember(const AwaitedAt& at) noexcept;

  /// An operation starts. Returns where it is awaited; nothing if that isn't known. The line stays
  /// for the other branches of a `co_await (a && b)`. But if one of these is a coroutine of the
  /// program, it has lines of its own, and nothing tells when the next branch begins.
  [[nodiscard]] SourceLine take() noexcept;

 private:
  SourceLine line_;
  bool through_asio_ = false;  // a coroutine of Asio's was awaited since then
  bool nested_ = false;        // and then another one of the program's
};

/// What a thread of a tracked program executes right now. Trivially destructible, so that it can be
/// used to the very end of the thread.
struct TrackingThread {
  const OperationLocation* location = nullptr;  ///< the innermost
  OperationCompletion* completion = nullptr;    ///< the innermost whose handler executes
  AwaitedLine awaits;
};

/// The calling thread's. A function that isn't inlined must stand between a coroutine and this; see
/// `thread_state_of`.
PERF_TIMER_EXPORT PERF_TIMER_INITIAL_EXEC inline constinit thread_local TrackingThread
    tracking_thread{};

}  // namespace perf_timer::inline v0_1::detail
