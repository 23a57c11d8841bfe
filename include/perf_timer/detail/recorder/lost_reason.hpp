//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/export.hpp>

#include <cstddef>
#include <string_view>

/// The reasons, one a line. All that is known of them derives from this list:
/// - its name,
/// - the sentence that a snapshot shows,
/// - what else may have happened to a run whose end nobody told,
/// - what the reader of that sentence can do about it,
/// - what to add for a run whose end nobody told.
#define PERF_TIMER_LOST_REASONS(reason)                                                            \
  reason(not_followed, "began where nothing instrumented was executing", "",                       \
         "run it on instrument(executor)",                                                         \
         "; its elapsed time is known in any case if stop() ends the run, or if decorate makes "   \
         "it") reason(other_clock,                                                                 \
                      "its executor is instrumented with another clock than its timer's", "",      \
                      "instrument the executor with the timer's clock, as "                        \
                      "instrument<Clock>(executor) does",                                          \
                      "") reason(outside_a_step, "ended where nothing instrumented was executing", \
                                 ", or something destroyed it while it was suspended",             \
                                 "run all of it on instrument(executor), or on task(executor)",    \
                                 "; nothing is wrong if it was destroyed or cancelled")            \
      reason(                                                                                      \
          in_another_step, "ended in a step on behalf of something else",                          \
          ", or something destroyed it while it was suspended",                                    \
          "give whatever resumes it (a channel, an event, a mutex) an instrumented executor, or "  \
          "run it on task(executor)",                                                              \
          "") reason(destroyed, "was destroyed while it was suspended", "",                        \
                     "nothing is wrong if it was cancelled, or if its execution context is gone",  \
                     "")                                                                           \
          reason(                                                                                  \
              mixed, "was charged with the time of another run", "",                               \
              "give whatever one of the two wakes the other by (a channel, an event, a mutex) an " \
              "instrumented executor, or run each on task(executor)",                              \
              "") reason(crowded, "ended while too many functions waited on its behalf", "",       \
                         "let no more than 512 functions wait at once on behalf of one run",       \
                         "") reason(clock_went_back, "the clock went backwards", "",               \
                                    "use a clock that never goes backwards",                       \
                                    "") reason(no_memory, "no memory was left to measure it", "",  \
                                               "find out what uses up the memory", "")             \
              reason(                                                                              \
                  too_long,                                                                        \
                  "took longer than 104 days, the most that can be counted, or the clock jumped",  \
                  "", "measure shorter pieces, or find out what set the clock ahead", "")          \
                  reason(forked,                                                                   \
                         "the process forked, and threads that may have executed on its behalf "   \
                         "stayed in the "                                                          \
                         "parent",                                                                 \
                         "", "nothing to do: the parent reports these runs", "")

namespace perf_timer::inline v0_1::detail {

#define PERF_TIMER_NAME(name, ...) name,

/// Why a run could not be followed to its end. A run whose end is told is partial: its elapsed time
/// is known. Any other is lost.
enum class LostReason : unsigned char { none, PERF_TIMER_LOST_REASONS(PERF_TIMER_NAME) count };

#undef PERF_TIMER_NAME

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
