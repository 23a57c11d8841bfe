//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/export.hpp>

#include <cstddef>
#include <string_view>

namespace perf_timer::inline v0_1::detail {

/// Why a run could not be measured to its end. `src/recorder/lost_reason.cpp` has a row for each,
/// with its words, and doesn't compile without.
enum class LostReason : unsigned char {
  none,
  not_followed,     ///< began in a coroutine whose executor isn't instrumented
  outside_a_step,   ///< ended where nothing instrumented executed
  in_another_step,  ///< ended in a step that executed on behalf of something else
  mixed,            ///< was charged with what another run executed
  crowded,          ///< more functions waited, or threads executed, than an account can count
  clock_went_back,  ///< a duration came out negative
  no_memory,        ///< the sample could not be stored
  too_long,         ///< took more time than an account can hold
  forked,           ///< threads that executed it may have stayed in the parent process
  count,            ///< how many there are, `none` included
};

inline constexpr auto lost_reason_count = static_cast<std::size_t>(LostReason::count);

/// Returns the sentence that a snapshot shows.
[[nodiscard]] PERF_TIMER_EXPORT std::string_view to_string(LostReason reason) noexcept;

/// Returns what the reader of that sentence can do about it.
[[nodiscard]] PERF_TIMER_EXPORT std::string_view remedy_of(LostReason reason) noexcept;

}  // namespace perf_timer::inline v0_1::detail
