//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "random_programs/interpreter.hpp"
#include "random_programs/program_clock.hpp"

#if PERF_TIMER_ASIO_IS_TRACKED
#include "tracking/strands_of_runs.hpp"
#endif

namespace perf_timer::test::random_programs {
namespace {

/// Each program is the first one. Else a strand may have the address of one of a started run's that
/// an earlier program had. What happens then depends on where the heap is.
void forget_earlier_programs() {
#if PERF_TIMER_ASIO_IS_TRACKED
  detail::strands_of_runs.clear();
#endif
}

void run_on(Stage& stage, const Program& program, Typing typing, Ending ending) {
  if (typing == Typing::erased)
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
  Stage stage(Library::measures);
  run_on(stage, program, typing, ending);
  Outcome outcome{stage.ledger().differences(), {}};
  outcome.totals = stage.ledger().totals();
  for (const auto& [library, name] :
       {std::pair(Library::is_left_out, "without the library"),
        std::pair(Library::is_switched_off, "with timers switched off")}) {
    Stage other(library);
    run_on(other, program, typing, ending);
    if (const auto found = stage.ledger().journal().first_difference(other.ledger().journal()))
      outcome.differences.push_back(*found + " " + name);
  }
  return outcome;
}

}  // namespace perf_timer::test::random_programs
