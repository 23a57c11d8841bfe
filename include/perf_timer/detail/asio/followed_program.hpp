//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/asio.hpp>
#include <perf_timer/detail/platform/source_location.hpp>
#include <perf_timer/detail/span/thread_state.hpp>

namespace perf_timer::inline v0_1::detail::inline PERF_TIMER_ASIO_KIND {

/// Whether this is a tracked program, in which runs of this clock are followed on all executors,
/// and every function of a strand is seen. That is the same in all files of the program
/// that use the same Asio.
#if PERF_TIMER_ASIO_IS_TRACKED
template <class Clock>
inline constexpr bool all_handlers_are_followed = has_source_location && is_default_clock<Clock>;
#else
template <class Clock>
inline constexpr bool all_handlers_are_followed = false;
#endif

}  // namespace perf_timer::inline v0_1::detail::inline PERF_TIMER_ASIO_KIND
