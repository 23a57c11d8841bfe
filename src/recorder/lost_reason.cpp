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
      return "began in a coroutine on an executor that is not instrumented";
    case LostReason::outside_a_step:
      return "ended outside of every instrumented step: resumed by an executor that is not "
             "instrumented, or destroyed while suspended";
    case LostReason::in_another_step:
      return "ended in a step that executed on behalf of something else: woken through an "
             "executor that did not carry the run, or destroyed while suspended";
    case LostReason::mixed:
      return "was charged with what another run executed";
    case LostReason::crowded:
      return "ended while too many functions waited on its behalf";
    case LostReason::clock_went_back:
      return "the clock went backwards";
    case LostReason::no_memory:
      return "out of memory for the sample";
    case LostReason::too_long:
      return "took longer than the 104 days that can be counted, or the clock jumped";
    case LostReason::forked:
      return "the process forked, and what other threads did on its behalf stayed behind";
  }
  return "not lost";
}

std::string_view remedy_of(LostReason reason) noexcept {
  switch (reason) {
    case LostReason::none:
      break;
    case LostReason::not_followed:
      return "spawn the coroutine on instrument(executor), or decorate what it awaits";
    case LostReason::outside_a_step:
      return "instrument the executor that resumes it, or spawn it on task(executor); if it was "
             "destroyed or cancelled, nothing is wrong";
    case LostReason::in_another_step:
    case LostReason::mixed:
      return "give what wakes it (a channel, an event, a mutex) an instrumented executor, or spawn "
             "it on task(executor)";
    case LostReason::crowded:
      return "let fewer functions wait at once on behalf of one run";
    case LostReason::clock_went_back:
      return "use a clock that never goes back";
    case LostReason::no_memory:
      return "find what uses up the memory";
    case LostReason::too_long:
      return "measure a shorter piece";
    case LostReason::forked:
      return "none is needed: they are in the parent's report";
  }
  return {};
}

}  // namespace perf_timer::inline v0_1::detail
