//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

/// \file
/// Lets the linker tell if a program has files that are not tracked. Of those that include a header
/// of ours, see detail/asio/asio_is_not_tracked.hpp. Of those that only include Asio, names of Asio
/// tell. In tracked files, a tag is part of all names that have to do with the base of operations,
/// so that the names without it are free, to be defined as another kind of variable.

#include <perf_timer/detail/platform/asio.hpp>
#include <perf_timer/detail/platform/attributes.hpp>
#include <perf_timer/detail/platform/linker_names.hpp>

namespace PERF_TIMER_ASIO_NAMESPACE::detail {

/// Its size is another one in tracked files, and so is its name for the linker.
class PERF_TIMER_ABI_TAG("perf_timer_tracked") scheduler_operation;

}  // namespace PERF_TIMER_ASIO_NAMESPACE::detail

namespace perf_timer::inline v0_1::detail::inline PERF_TIMER_ASIO_KIND {

/// Not thread-local in files that are not tracked.
PERF_TIMER_KEPT inline constinit thread_local const char
    all_files_that_include_asio_are_tracked_or_none = 0;

/// Functions in files that are not tracked: what nearly all operations of Asio are submitted with.
/// These are the names for the linker of `scheduler::post_immediate_completion` and
/// `scheduler::post_deferred_completion`.
PERF_TIMER_KEPT inline constinit thread_local const char post_immediate_completion
    PERF_TIMER_NAME(PERF_TIMER_NAME_IN_ASIO("9scheduler25post_immediate_completionEP",
                                            "19scheduler_operationEb")) = 0;
PERF_TIMER_KEPT inline constinit thread_local const char post_deferred_completion
    PERF_TIMER_NAME(PERF_TIMER_NAME_IN_ASIO("9scheduler24post_deferred_completionEP",
                                            "19scheduler_operationE")) = 0;

}  // namespace perf_timer::inline v0_1::detail::inline PERF_TIMER_ASIO_KIND
