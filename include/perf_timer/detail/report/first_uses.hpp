//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/export.hpp>

namespace perf_timer::inline v0_1::detail {

/// Called before a thread of the library starts. May throw std::bad_alloc.
///
/// Where `exit_holds_a_lock`, does what registers a destructor when it is done for the first time,
/// and what that thread may do. The thread would wait for the end of `exit` otherwise, and for ever
/// if a destructor waits for the thread.
PERF_TIMER_EXPORT void first_uses();

}  // namespace perf_timer::inline v0_1::detail
