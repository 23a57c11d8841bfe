//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// Measures how several threads that use one timer scale, in items a second.
#include "rows/scopes.hpp"

#include <benchmark/benchmark.h>

namespace {

using namespace perf_timer;

template <class Timer>
void one_timer(benchmark::State& state) {
  static Timer timer("threads", rows::silent());
  rows::measure_scopes(timer, state);
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(one_timer<ThreadPerfTimer>)
    ->Name("threads/ThreadPerfTimer")
    ->ThreadRange(1, 2)
    ->UseRealTime();
BENCHMARK(one_timer<AsioPerfTimer>)
    ->Name("threads/AsioPerfTimer")
    ->ThreadRange(1, 2)
    ->UseRealTime();

// How this machine scales when threads share nothing.
void nothing_shared(benchmark::State& state) {
  while (state.KeepRunning()) {
    rows::use(std::chrono::steady_clock::now());
    rows::use(std::chrono::steady_clock::now());
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(nothing_shared)->Name("threads/nothing_shared")->ThreadRange(1, 2)->UseRealTime();

}  // namespace
