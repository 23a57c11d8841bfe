//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/export.hpp>

namespace perf_timer::inline v0_1::detail {

/// Returns whether an object lives on the calling thread's stack. Such an object can't belong to
/// something that is suspended: a coroutine's locals live in its frame, a fiber's on a stack of its
/// own.
[[nodiscard]] PERF_TIMER_EXPORT bool on_this_stack(const void* object) noexcept;

}  // namespace perf_timer::inline v0_1::detail
