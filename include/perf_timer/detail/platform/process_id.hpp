//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/export.hpp>

namespace perf_timer::inline v0_1::detail {

/// The number of this process. A child of a fork tells by it that it isn't the parent.
[[nodiscard]] PERF_TIMER_EXPORT long process_id() noexcept;

}  // namespace perf_timer::inline v0_1::detail
