//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "random_programs/interpreter.hpp"
#include "random_programs/program_clock.hpp"

#include <perf_timer/detail/span/strand_questions.hpp>

#if PERF_TIMER_ASIO_IS_TRACKED
#include "tracking/strands_of_runs.hpp"
#endif

namespace perf_timer::test::random_programs {
namespace {

/// Each program is the first one: strands that aren't used cost nothing, and change nothing. In a
/// tracked program, a strand may have the address of one of a started run's that an earlier program
/// had, else. What happens then depends on where the heap is.
void forget_earlier_programs() {
  detail::erased_strands_are_used = false;
  detail::strands_of_others_are_used = false;
#if PERF_TIMER_ASIO_IS_TRACKED
  detail::strands_of_runs.clear();
#endif
}

void run_on(Stage& stage, const Program& program, Typing typing, Ending ending) {
  if (typing != Typing::typed)
    start_erased(stage, program);
  else
    (stage.library() == Library::is_left_out ? start_bare : start_typed)(stage, program);
  stage.run();
  if (ending == Ending::closed) {
    stage.close_channels();
    stage.run();
  }
  stage.destroy();
}

}  // namespace

Outcome run(const Program& program, Typing typing, Ending ending) {
  forget_earlier_programs();
  const bool somebodys = typing == Typing::somebodys;
  Stage stage(Library::measures, somebodys);
  run_on(stage, program, typing, ending);
  Outcome outcome{stage.ledger().differences(), {}};
  outcome.totals = stage.ledger().totals();
  for (const auto& [library, name] :
       {std::pair(Library::is_left_out, "without the library"),
        std::pair(Library::is_switched_off, "with timers switched off")}) {
    Stage other(library, somebodys);
    run_on(other, program, typing, ending);
    if (const auto found = stage.ledger().journal().first_difference(other.ledger().journal()))
      outcome.differences.push_back(*found + " " + name);
  }
  return outcome;
}

}  // namespace perf_timer::test::random_programs
