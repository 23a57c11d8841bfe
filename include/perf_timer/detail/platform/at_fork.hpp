//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#if !defined(_WIN32)
#include <pthread.h>
#endif

namespace perf_timer::inline v0_1::detail {

/// Registers three functions to be called around each fork of the process: in the parent before it,
/// in the parent after it, and in the child. Any of them may be null. Returns false if there was no
/// memory.
///
/// The standard library knows nothing of forks. Without this a child could wait for ever for a lock
/// that a thread of the parent held.
///
/// It is `static`, so that the functions belong to the shared object that calls this. They are
/// forgotten when that object is unloaded.
///
/// Windows has no forks, so nothing is ever called there.
static inline bool at_fork([[maybe_unused]] void (*before)(), [[maybe_unused]] void (*in_parent)(),
                           [[maybe_unused]] void (*in_child)()) noexcept {
#if defined(_WIN32)
  return true;
#else
  return ::pthread_atfork(before, in_parent, in_child) == 0;
#endif
}

}  // namespace perf_timer::inline v0_1::detail
