//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <chrono>
#include <functional>

namespace perf_timer::inline v0_1::detail {

/// Arranges for `report` to be called before the process dies of a fatal signal (`SIGSEGV`,
/// `SIGBUS`, `SIGFPE`, `SIGILL`, `SIGABRT`). A thread that is created now sleeps until then and
/// calls it. The crashing thread waits for at most `patience`. Then the process dies as it would
/// have: the previous handler runs, or the same signal kills it. A child of a fork doesn't call
/// `report`.
///
/// The standard library can neither tell a handler who crashed nor restore what was there before.
///
/// Returns false if it was called before. Throws `std::system_error` if no thread or no pipe can be
/// created.
[[nodiscard]] bool before_crash(std::function<void()> report, std::chrono::milliseconds patience);

}  // namespace perf_timer::inline v0_1::detail
