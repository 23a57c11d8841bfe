//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <chrono>
#include <functional>

namespace perf_timer::inline v0_1::detail {

/// Arranges for `report` to be called before the process dies of a fatal signal (`SIGSEGV`,
/// `SIGBUS`, `SIGFPE`, `SIGILL`, `SIGTRAP`, `SIGABRT`). A thread that is created now sleeps until
/// then and calls it. The crashing thread waits for at most `patience`, and calls `impatient` if
/// that is not enough, which may do only what a signal handler may. Then the process dies as it
/// would have: the previous handler runs, or the same signal kills it. A child of a fork calls
/// neither.
///
/// On Windows, a fatal signal is an exception that nobody handles, such as of an access to no
/// memory (the filter that was there before runs after the report), and the C runtime's `SIGABRT`.
///
/// The standard library can neither tell a handler who crashed nor restore what was there before.
///
/// Returns false if it was called before. Throws `std::system_error` if no thread or no pipe can be
/// created.
[[nodiscard]] bool before_crash(std::function<void()> report, std::function<void()> impatient,
                                std::chrono::milliseconds patience);

/// Gives the calling thread a stack for signal handlers, until it ends, unless it has one. On
/// Windows, it keeps a part of the thread's own stack for that. Throws `std::system_error` if there
/// is no memory.
void give_signal_stack();

}  // namespace perf_timer::inline v0_1::detail
