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
/// is known. Any other is lost. The words for each are in `src/recorder/lost_reason.cpp`, whose
/// table doesn't compile unless it has a row for each.
enum class LostReason : unsigned char {
  none,
  not_followed,
  other_clock,
  outside_a_step,
  in_another_step,
  destroyed,
  mixed,
  crowded,
  clock_went_back,
  no_memory,
  too_long,
  forked,
  in_a_queue,
  count
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
