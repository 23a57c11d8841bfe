//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "random_programs/interpreter.hpp"

namespace perf_timer::test::random_programs {

Outcome run(const Program& program, Typing typing, Ending ending) {
  Stage stage;
  (typing == Typing::typed ? start_typed : start_erased)(stage, program);
  stage.run();
  if (ending == Ending::closed) {
    stage.close_channels();
    stage.run();
  }
  stage.destroy();
  Outcome outcome{stage.ledger().differences(), {}};
  outcome.totals = stage.ledger().totals();
  return outcome;
}

}  // namespace perf_timer::test::random_programs
