//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/export.hpp>

#include <cstddef>
#include <string_view>

/// The reasons: each one's name, the sentence that a snapshot shows, and what the reader of that
/// sentence can do about it. All that is known of reasons derives from this list.
#define PERF_TIMER_LOST_REASONS(reason)                                                            \
  reason(not_followed, "began in a coroutine whose executor is not instrumented",                  \
         "spawn the coroutine on instrument(executor), or decorate what it awaits")                \
      reason(                                                                                      \
          outside_a_step,                                                                          \
          "ended where nothing instrumented was executing: an executor that is not instrumented "  \
          "resumed the coroutine, or something destroyed it while it was suspended",               \
          "instrument the executor that resumes the coroutine, or spawn it on task(executor); "    \
          "nothing is wrong if it was destroyed or cancelled")                                     \
          reason(                                                                                  \
              in_another_step,                                                                     \
              "ended in a step on behalf of something else: an executor that did not carry the "   \
              "run "                                                                               \
              "resumed the coroutine, or something destroyed it while it was suspended",           \
              "give whatever wakes the coroutine (a channel, an event, a mutex) an instrumented "  \
              "executor, or spawn the coroutine on task(executor)")                                \
              reason(mixed, "was charged with the time of another run",                            \
                     "give whatever wakes the coroutine (a channel, an event, a mutex) an "        \
                     "instrumented "                                                               \
                     "executor, or spawn the coroutine on task(executor)")                         \
                  reason(crowded, "ended while too many functions waited on its behalf",           \
                         "let no more than 512 functions wait at once on behalf of one run")       \
                      reason(clock_went_back, "the clock went backwards",                          \
                             "use a clock that never goes backwards")                              \
                          reason(no_memory, "no memory was left to store the sample",              \
                                 "find out what uses up the memory")                               \
                              reason(                                                              \
                                  too_long,                                                        \
                                  "took longer than 104 days, the most that can be counted, or "   \
                                  "the clock jumped",                                              \
                                  "measure shorter pieces, or find out what set the clock ahead")  \
                                  reason(forked,                                                   \
                                         "the process forked, and threads that may have executed " \
                                         "on its behalf stayed in the "                            \
                                         "parent",                                                 \
                                         "nothing to do: the parent reports these runs")

namespace perf_timer::inline v0_1::detail {

#define PERF_TIMER_NAME(name, sentence, remedy) name,

/// Why a run could not be measured to its end.
enum class LostReason : unsigned char { none, PERF_TIMER_LOST_REASONS(PERF_TIMER_NAME) count };

#undef PERF_TIMER_NAME

/// The number of reasons, including `none`.
inline constexpr auto lost_reason_count = static_cast<std::size_t>(LostReason::count);

/// Returns the sentence that a snapshot shows.
[[nodiscard]] PERF_TIMER_EXPORT std::string_view to_string(LostReason reason) noexcept;

/// Returns what the reader of that sentence can do about it.
[[nodiscard]] PERF_TIMER_EXPORT std::string_view remedy_of(LostReason reason) noexcept;

}  // namespace perf_timer::inline v0_1::detail
