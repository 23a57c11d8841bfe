//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/export.hpp>

#include <cstddef>
#include <string_view>

namespace perf_timer::inline v0_1::detail {

/// Why a run could not be followed to its end. A run whose end is told is partial: its elapsed time
/// is known. Any other is lost. `src/recorder/lost_reason.cpp` has a row for each, with its words,
/// and doesn't compile without.
enum class LostReason : unsigned char {
  none,
  not_followed,      ///< began where nothing instrumented executed
  foreign_executor,  ///< spawned a coroutine on an executor that tells nothing about it
  other_clock,       ///< its executor is instrumented with another clock than its timer's
  outside_a_step,    ///< ended where nothing instrumented executed
  in_another_step,   ///< ended in a step that executed on behalf of something else
  destroyed,         ///< was destroyed while it was suspended
  mixed,             ///< was charged with what another run executed
  crowded,           ///< more functions waited, or threads executed, than an account can count
  clock_went_back,   ///< a duration came out negative
  no_memory,         ///< there was no memory to measure it
  too_long,          ///< took more time than an account can hold
  forked,            ///< threads that executed it may have stayed in the parent process
  in_a_queue,        ///< a strand of an instrumented executor executed it, or what it waited for
  count,             ///< how many there are, `none` included
};

/// The number of reasons, including `none`.
inline constexpr auto lost_reason_count = static_cast<std::size_t>(LostReason::count);

/// Returns whether the elapsed time of such a run is wrong or unknown, whoever tells its end.
[[nodiscard]] constexpr bool has_no_elapsed(LostReason reason) noexcept {
  return reason == LostReason::clock_went_back || reason == LostReason::too_long;
}

/// Returns the sentence that a snapshot shows of a lost run, or of a partial one.
[[nodiscard]] PERF_TIMER_EXPORT std::string_view to_string(LostReason reason,
                                                           bool partial = false) noexcept;

/// Returns what the reader of that sentence can do about it.
[[nodiscard]] PERF_TIMER_EXPORT std::string_view remedy_of(LostReason reason,
                                                           bool partial = false) noexcept;

}  // namespace perf_timer::inline v0_1::detail
