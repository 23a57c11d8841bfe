//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/recorder/lost_reason.hpp>

#include <array>

namespace perf_timer::inline v0_1::detail {
namespace {

struct LostReasonRow {
  LostReason reason;
  std::string_view sentence;
  std::string_view remedy;
};

constexpr std::array<LostReasonRow, lost_reason_count> lost_reasons{{
    {LostReason::none, "not lost", ""},
    {LostReason::not_followed, "began in a coroutine whose executor is not instrumented",
     "spawn the coroutine on instrument(executor), or decorate what it awaits"},
    {LostReason::outside_a_step,
     "ended where nothing instrumented was executing: an executor that is not instrumented resumed "
     "the coroutine, or something destroyed it while it was suspended",
     "instrument the executor that resumes the coroutine, or spawn it on task(executor); nothing "
     "is wrong if it was destroyed or cancelled"},
    {LostReason::in_another_step,
     "ended in a step on behalf of something else: an executor that did not carry the run resumed "
     "the coroutine, or something destroyed it while it was suspended",
     "give whatever wakes the coroutine (a channel, an event, a mutex) an instrumented executor, "
     "or spawn the coroutine on task(executor)"},
    {LostReason::mixed, "was charged with the time of another run",
     "give whatever wakes the coroutine (a channel, an event, a mutex) an instrumented executor, "
     "or spawn the coroutine on task(executor)"},
    {LostReason::crowded,
     "more functions waited, or more threads executed, on its behalf than can be counted",
     "let no more than 512 functions wait, and no more than 512 threads execute, at once on behalf "
     "of one run"},
    {LostReason::clock_went_back, "the clock went backwards",
     "use a clock that never goes backwards"},
    {LostReason::no_memory, "no memory was left to store the sample",
     "find out what uses up the memory"},
    {LostReason::too_long,
     "took longer than 104 days, the most that can be counted, or the clock jumped",
     "measure shorter pieces, or find out what set the clock ahead"},
    {LostReason::forked,
     "the process forked, and threads that may have executed on its behalf stayed in the parent",
     "nothing to do: the parent reports these runs"},
}};

constexpr bool each_reason_has_its_row() noexcept {
  for (std::size_t i = 0; i < lost_reasons.size(); ++i)
    if (lost_reasons[i].reason != static_cast<LostReason>(i) || lost_reasons[i].sentence.empty())
      return false;
  return true;
}
static_assert(each_reason_has_its_row());

const LostReasonRow& row_of(LostReason reason) noexcept {
  const auto i = static_cast<std::size_t>(reason);
  return lost_reasons[i < lost_reason_count ? i : 0];
}

}  // namespace

std::string_view to_string(LostReason reason) noexcept { return row_of(reason).sentence; }

std::string_view remedy_of(LostReason reason) noexcept { return row_of(reason).remedy; }

}  // namespace perf_timer::inline v0_1::detail
