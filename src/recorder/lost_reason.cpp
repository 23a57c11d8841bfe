//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/recorder/lost_reason.hpp>

#include <array>

namespace perf_timer::inline v0_1::detail {
namespace {

/// What a reason is called, and what to do about it.
struct Words {
  std::string_view sentence;
  std::string_view remedy;
};

struct LostReasonRow {
  LostReason reason;
  Words partial;
  Words lost = partial;  // nobody told the end of a lost run: more may have happened to it
};

constexpr std::array<LostReasonRow, lost_reason_count> lost_reasons{{
    {LostReason::none, {"not lost", ""}},
    {LostReason::not_followed,
     {"began where nothing instrumented was executing", "run it on instrument(executor)"},
     {"began where nothing instrumented was executing",
      "run it on instrument(executor); its elapsed time is known in any case if stop() ends the "
      "run, or if decorate makes it"}},
    {LostReason::foreign_executor,
     {"spawned a coroutine on an executor that isn't instrumented, or that is a task's or another "
      "run's",
      "spawn it on instrument(executor)"}},
    {LostReason::other_clock,
     {"its executor is instrumented with another clock than its timer's",
      "instrument the executor with the timer's clock, as instrument<Clock>(executor) does"}},
    {LostReason::outside_a_step,
     {"ended where nothing instrumented was executing",
      "run all of it on instrument(executor), or on task(executor)"},
     {"ended where nothing instrumented was executing, or something destroyed it while it was "
      "suspended",
      "run all of it on instrument(executor), or on task(executor); nothing is wrong if it was "
      "destroyed or cancelled"}},
    {LostReason::in_another_step,
     {"ended in a step on behalf of something else",
      "give whatever resumes it (a channel, an event, a mutex) an instrumented executor, or run it "
      "on task(executor)"},
     {"ended in a step on behalf of something else, or something destroyed it while it was "
      "suspended",
      "give whatever resumes it (a channel, an event, a mutex) an instrumented executor, or run it "
      "on task(executor)"}},
    {LostReason::destroyed,
     {"was destroyed while it was suspended",
      "nothing is wrong if it was cancelled, or if its execution context is gone"}},
    {LostReason::mixed,
     {"was charged with the time of another run",
      "give whatever one of the two wakes the other by (a channel, an event, a mutex) an "
      "instrumented executor, or run each on task(executor)"}},
    {LostReason::crowded,
     {"more functions waited, or more threads executed, on its behalf than can be counted",
      "let no more than 512 functions wait, and no more than 512 threads execute, at once on "
      "behalf "
      "of one run"}},
    {LostReason::clock_went_back,
     {"the clock went backwards", "use a clock that never goes backwards"}},
    {LostReason::no_memory,
     {"no memory was left to measure it", "find out what uses up the memory"}},
    {LostReason::too_long,
     {"took longer than 104 days, the most that can be counted, or the clock jumped",
      "measure shorter pieces, or find out what set the clock ahead"}},
    {LostReason::forked,
     {"the process forked, and threads that may have executed on its behalf stayed in the parent",
      "nothing to do: the parent reports these runs"}},
    {LostReason::in_a_queue,
     {"a strand that was made of an instrumented executor executed it, or what it waited for, "
      "together with other functions",
      "make the strand first, then instrument it: instrument(make_strand(context))"}},
}};

constexpr bool each_has_its_row() noexcept {
  for (std::size_t i = 0; i < lost_reasons.size(); ++i)
    if (lost_reasons[i].reason != static_cast<LostReason>(i) ||
        lost_reasons[i].partial.sentence.empty())
      return false;
  return true;
}
static_assert(each_has_its_row());

const Words& words_of(LostReason reason, bool partial) noexcept {
  const auto i = static_cast<std::size_t>(reason);
  const LostReasonRow& row = lost_reasons[i < lost_reason_count ? i : 0];
  return partial ? row.partial : row.lost;
}

}  // namespace

std::string_view to_string(LostReason reason, bool partial) noexcept {
  return words_of(reason, partial).sentence;
}

std::string_view remedy_of(LostReason reason, bool partial) noexcept {
  return words_of(reason, partial).remedy;
}

}  // namespace perf_timer::inline v0_1::detail
