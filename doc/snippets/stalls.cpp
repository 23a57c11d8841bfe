//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//

// What the documents show of the stall watch.
#include <perf_timer.hpp>
#include <perf_timer/running_steps.hpp>
#include <perf_timer/stacktrace_symbols.hpp>  // link perf_timer::stacktrace
#include <perf_timer/stall_watch.hpp>

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

#include <atomic>
#include <chrono>
#include <iostream>
#include <string_view>

namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;

perf_timer::AsioPerfTimer ledger_timer{"ledger", {.log = [](std::string_view) {}}};
std::atomic<int> stalls{0};

bool is_seen() {
  asio::io_context context;
  perf_timer::StallWatch watch = perf_timer::watch_stalls({
      .longer_than = 100ms,
      .sink =
          [](const perf_timer::Stall& stall) {
            std::cerr << stall << '\n';
            ++stalls;
          },
      .symbols = perf_timer::stacktrace_symbols,
  });
  asio::post(ledger_timer.wrap(context), [] {
    while (stalls == 0) {  // blocks its thread until that is told
    }
    for (const perf_timer::RunningStep& step : perf_timer::running_steps())
      std::cerr << step.thread_name << " executes a step for " << step.timers.size() << " timers\n";
  });
  context.run();
  return stalls > 0;
}

}  // namespace

int main() { return is_seen() ? 0 : 1; }
