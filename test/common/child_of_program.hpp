//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include "common/child_process.hpp"

#if !PERF_TIMER_TEST_FORKS
#include "common/windows_program.hpp"
#endif

#include <string>
#include <vector>

namespace perf_timer::test {

/// How a process ended that ran a part of this program: with which status, and what it printed.
#if PERF_TIMER_TEST_FORKS
using EndOfPart = ChildEnd;
#else
struct EndOfPart {
  std::string output;
  std::uint32_t status = 0;
};
#endif

/// Runs `part(arguments)` in another process. A system without forks starts this program again,
/// whose `main` must do the same if it has arguments.
template <class Part>
EndOfPart run_as_child(Part part, const std::vector<std::string>& arguments) {
#if PERF_TIMER_TEST_FORKS
  return run_child([&] { part(arguments); });
#else
  static_cast<void>(part);
  std::string program(MAX_PATH, '\0');
  program.resize(::GetModuleFileNameA(nullptr, program.data(), MAX_PATH));
  std::vector<std::string> command{program};
  command.insert(command.end(), arguments.begin(), arguments.end());
  const ProgramEnd end = run_program(command);
  return {end.output, end.code};
#endif
}

}  // namespace perf_timer::test
