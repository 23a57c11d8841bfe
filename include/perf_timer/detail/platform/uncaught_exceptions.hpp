//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/attributes.hpp>
#include <perf_timer/detail/platform/export.hpp>

namespace perf_timer::inline v0_1::detail {

/// Returns what `std::uncaught_exceptions` returns, at a quarter of its cost.
[[nodiscard]] PERF_TIMER_EXPORT int uncaught_exceptions() noexcept;

/// A thread's exceptions, as the Itanium C++ ABI (2.2.2) lays them out. `thread_exceptions` is null
/// until the function above was called, and always null with another ABI.
struct ThreadExceptions {
  void* caught;
  unsigned int uncaught;
};
PERF_TIMER_EXPORT PERF_TIMER_INITIAL_EXEC extern constinit thread_local const ThreadExceptions*
    thread_exceptions;

/// The same, inlined. Only functions that aren't inlined may call it; `thread_state_of` says why.
[[nodiscard]] inline int uncaught_exceptions_here() noexcept {
  const ThreadExceptions* const mine = thread_exceptions;
  return mine ? static_cast<int>(mine->uncaught) : uncaught_exceptions();
}

}  // namespace perf_timer::inline v0_1::detail
