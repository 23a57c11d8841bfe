//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/export.hpp>

#include <cstddef>
#include <string_view>

namespace perf_timer::inline v0_1::detail {

/// Why a run could not be measured to its end.
enum class LostReason : unsigned char {
  none,
  not_followed,     ///< began in a coroutine whose executor isn't instrumented
  outside_a_step,   ///< ended where nothing instrumented executed
  in_another_step,  ///< ended in a step that executed on behalf of something else
  mixed,            ///< was charged with what another run executed
  crowded,          ///< more functions waited on its behalf than an account can count
  clock_went_back,  ///< a duration came out negative
  no_memory,        ///< the sample could not be stored
  too_long,         ///< took more time than an account can hold
  forked,           ///< threads that executed it may have stayed in the parent process
  in_a_queue,       ///< a strand executed it, or what it waited for, in one function with others
};

inline constexpr std::size_t lost_reason_count = 11;

/// Returns the sentence that a snapshot shows.
[[nodiscard]] PERF_TIMER_EXPORT std::string_view to_string(LostReason reason) noexcept;

/// Returns what the reader of that sentence can do about it.
[[nodiscard]] PERF_TIMER_EXPORT std::string_view remedy_of(LostReason reason) noexcept;

}  // namespace perf_timer::inline v0_1::detail
