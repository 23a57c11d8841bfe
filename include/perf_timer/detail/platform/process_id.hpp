//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/export.hpp>

namespace perf_timer::inline v0_1::detail {

/// Returns the id of this process. A child of a fork has another one than its parent.
[[nodiscard]] PERF_TIMER_EXPORT long process_id() noexcept;

}  // namespace perf_timer::inline v0_1::detail
