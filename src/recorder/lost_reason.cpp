//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/recorder/lost_reason.hpp>

namespace perf_timer::inline v0_1::detail {

std::string_view to_string(LostReason reason) noexcept {
  switch (reason) {
    case LostReason::none:
      break;
    case LostReason::not_followed:
      return "began in a coroutine whose executor is not instrumented";
    case LostReason::outside_a_step:
      return "ended where nothing instrumented was executing: an executor that is not instrumented "
             "resumed the coroutine, or something destroyed it while it was suspended";
    case LostReason::in_another_step:
      return "ended in a step on behalf of something else: an executor that did not carry the run "
             "resumed the coroutine, or something destroyed it while it was suspended";
    case LostReason::mixed:
      return "was charged with the time of another run";
    case LostReason::crowded:
      return "ended while too many functions waited on its behalf";
    case LostReason::clock_went_back:
      return "the clock went backwards";
    case LostReason::no_memory:
      return "no memory was left to store the sample";
    case LostReason::too_long:
      return "took longer than 104 days, the most that can be counted, or the clock jumped";
    case LostReason::forked:
      return "the process forked, and threads that may have executed on its behalf stayed in the "
             "parent";
  }
  return "not lost";
}

std::string_view remedy_of(LostReason reason) noexcept {
  switch (reason) {
    case LostReason::none:
      break;
    case LostReason::not_followed:
      return "spawn the coroutine on instrument(executor), or what it awaits on task(executor)";
    case LostReason::outside_a_step:
      return "instrument the executor that resumes the coroutine, or spawn it on task(executor); "
             "nothing is wrong if it was destroyed or cancelled";
    case LostReason::in_another_step:
    case LostReason::mixed:
      return "give whatever wakes the coroutine (a channel, an event, a mutex) an instrumented "
             "executor, or spawn the coroutine on task(executor)";
    case LostReason::crowded:
      return "let no more than 512 functions wait at once on behalf of one run";
    case LostReason::clock_went_back:
      return "use a clock that never goes backwards";
    case LostReason::no_memory:
      return "find out what uses up the memory";
    case LostReason::too_long:
      return "measure shorter pieces, or find out what set the clock ahead";
    case LostReason::forked:
      return "nothing to do: the parent reports these runs";
  }
  return {};
}

}  // namespace perf_timer::inline v0_1::detail
