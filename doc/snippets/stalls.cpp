//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//

// What the documents show of the stall watch.
#include <perf_timer.hpp>
#include <perf_timer/lag_probe.hpp>
#include <perf_timer/running_steps.hpp>
#include <perf_timer/stacktrace_symbols.hpp>  // link perf_timer::stacktrace
#include <perf_timer/stall_watch.hpp>
#include <perf_timer/thread_snapshots.hpp>

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

#include <atomic>
#include <chrono>
#include <iostream>
#include <string_view>

namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;

perf_timer::AsioPerfTimer ledger_timer{"ledger", {.log = perf_timer::silent}};
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
  for (const perf_timer::ThreadSnapshot& thread : perf_timer::thread_snapshots())
    if (const auto share = thread.in_steps())
      std::cerr << thread.name << " is in steps for " << *share * 100 << " % of its time\n";
  return stalls > 0;
}

bool is_probed() {
  asio::io_context context;
  perf_timer::AsioPerfTimer lag{"lag"};
  const auto probe = perf_timer::lag_probe(context, lag, 100ms);
  while (lag.snapshot().queued.count == 0) {
    context.run_one_for(1s);
    context.restart();
  }
  return lag.snapshot().runs > 0;
}

}  // namespace

int main() { return is_seen() && is_probed() ? 0 : 1; }
