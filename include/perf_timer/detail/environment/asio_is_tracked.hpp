//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

/// \file
/// Lets the linker tell if a program has files that are not tracked; see
/// detail/asio/asio_is_not_tracked.hpp.

#include <perf_timer/detail/platform/attributes.hpp>

namespace perf_timer::inline v0_1::detail {

/// Not thread-local in files that are not tracked.
PERF_TIMER_KEPT inline constinit thread_local const char
    all_files_that_include_asio_are_tracked_or_none = 0;

}  // namespace perf_timer::inline v0_1::detail
