//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// Measures what each row costs, with Google Benchmark.
#include "rows/all.hpp"
#include "rows/sockets.hpp"

#include <benchmark/benchmark.h>

#include <cstdlib>
#include <string>
#include <thread>

namespace {

namespace rows = perf_timer::rows;

void add(const std::string& name, auto row) {
  benchmark::RegisterBenchmark(name.c_str(), [row](benchmark::State& state) { row(state); });
}

template <class Protocol>
void add_round_trips(const std::string& name) {
  add(name + "/plain", rows::RoundTrip<Protocol, rows::How::plain>{});
  add(name + "/instrumented", rows::RoundTrip<Protocol, rows::How::instrumented>{});
  add(name + "/measured", rows::RoundTrip<Protocol, rows::How::wrapped>{});
}

}  // namespace

int main(int argc, char** argv) {
  static_cast<void>(perf_timer::tsc_clock::uses_counter());  // decides now, and not within a row
  // The C library avoids atomic operations until there has been a second thread. Without this, a
  // row would cost less if it came before one that needs a thread_pool.
  std::thread([] {}).join();
  const bool traced =
      std::getenv("PERF_TIMER_BENCH_TRACED") != nullptr;  // measures what that costs
  rows::for_each_row([&](const std::string& name, auto row) {
    if (!traced || !name.starts_with("flight/")) add(name, row);
  });
  add_round_trips<rows::Echo>("round_trip/echo");
  add_round_trips<rows::BeastRequest>("round_trip/beast");
  using rows::Around, rows::AwaitChild, rows::Child, rows::How;
  add("co_await/child/passed_on", AwaitChild<Child::returns, How::plain, Around::coroutine>{});
  add("co_await/suspending_child/passed_on",
      AwaitChild<Child::suspends, How::plain, Around::coroutine>{});
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  if (traced) perf_timer::start_trace();
  benchmark::RunSpecifiedBenchmarks();
}
