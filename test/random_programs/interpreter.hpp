//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include "random_programs/program.hpp"
#include "random_programs/stage.hpp"

#include <string>
#include <vector>

namespace perf_timer::test::random_programs {

/// Starts the program's coroutines, as `awaitable<void, any_io_executor>`.
void start_erased(Stage& stage, const Program& program);
/// The same as `awaitable<void, PerfExecutor>`, with instrumented executors instead of plain ones.
void start_typed(Stage& stage, const Program& program);
/// The same, without the library.
void start_bare(Stage& stage, const Program& program);

enum class Typing {
  erased,
  somebodys,  ///< erased, and strands hide the instrumented executor inside somebody's own
  typed,
};
/// What happens to coroutines that would wait forever.
enum class Ending { closed, destroyed };

struct Outcome {
  std::vector<std::string> differences;
  Ledger::Totals totals;
};

/// Runs the program, and compares its ledger with what the timers show. Runs it again without the
/// library, and with timers that are switched off, and compares what the program observes.
[[nodiscard]] Outcome run(const Program& program, Typing typing = Typing::erased,
                          Ending ending = Ending::closed);

}  // namespace perf_timer::test::random_programs
