//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/export.hpp>

namespace perf_timer::inline v0_1::detail {

/// Does what the environment of a tracked program asks for, see doc/tracking.md; once, whoever
/// calls it. Returns true. Thread safety: any thread.
PERF_TIMER_EXPORT bool begin_tracking() noexcept;

/// Each file that includes Asio begins it, before `main`.
inline const bool tracking_has_begun = begin_tracking();

}  // namespace perf_timer::inline v0_1::detail
