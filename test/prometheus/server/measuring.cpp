//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//

// Measures what it is told to, and serves that. Each line of its input is a run: how long it takes
// in nanoseconds, and perhaps the id of its trace. An empty line is answered by one, so that
// whoever waits for it knows that all was measured. The first line of the output is the port.
#include <perf_timer/perf_timer.hpp>
#include <perf_timer/serve.hpp>

#include <cstdint>
#include <iostream>
#include <sstream>
#include <string>

#include "common/manual_clock.hpp"

int main() {
  using perf_timer::test::ManualClock;
  perf_timer::BasicThreadPerfTimer<ManualClock> timer("request", {.log = perf_timer::silent});
  const auto service = perf_timer::serve({.port = 0});
  std::cout << service.port() << std::endl;
  for (std::string line; std::getline(std::cin, line);) {
    std::int64_t elapsed = 0;
    std::string trace;
    if (!(std::istringstream(line) >> elapsed)) {
      std::cout << std::endl;
      continue;
    }
    std::istringstream(line) >> elapsed >> trace;
    auto run = timer.measure();
    if (!trace.empty()) run.label("trace_id", trace);
    ManualClock::advance(elapsed);
  }
}
