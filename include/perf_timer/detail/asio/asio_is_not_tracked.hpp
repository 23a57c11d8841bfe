//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

/// \file
/// The types of Asio are others in a tracked program, so a program can't mix files that are tracked
/// with files that aren't. Each kind of file defines the same name as another kind of variable, and
/// the linker tells. Its counterpart is detail/environment/asio_is_tracked.hpp.

#include <perf_timer/detail/platform/asio.hpp>

#if !PERF_TIMER_ASIO_IS_TRACKED

#include <perf_timer/detail/platform/attributes.hpp>

namespace perf_timer::inline v0_1::detail::inline PERF_TIMER_ASIO_KIND {

/// Thread-local in files that are tracked.
PERF_TIMER_KEPT inline constexpr char all_files_that_include_asio_are_tracked_or_none = 0;

}  // namespace perf_timer::inline v0_1::detail::inline PERF_TIMER_ASIO_KIND

#endif
