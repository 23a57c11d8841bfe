//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <chrono>
#include <functional>

namespace perf_timer::inline v0_1::detail {

/// Has `report` called before the process dies of a fatal signal (`SIGSEGV`, `SIGBUS`, `SIGFPE`,
/// `SIGILL`, `SIGABRT`), by a thread that is made now and sleeps until then. The thread that
/// crashed waits for it, for `patience` at most. Then the process dies as it would have: by the
/// handler that there was before, or of the same signal. In a child of a fork `report` isn't
/// called.
///
/// The standard library can't tell a handler who crashed, nor restore what was there before.
///
/// Returns false if it was called before. Throws `std::system_error` if there can be no thread or
/// no pipe.
[[nodiscard]] bool before_crash(std::function<void()> report, std::chrono::milliseconds patience);

}  // namespace perf_timer::inline v0_1::detail
