//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// Measures what a scrape costs the program.
#ifdef PERF_TIMER_BENCH_EXPORTER
#include "rows/row.hpp"

#include <perf_timer/prometheus_collector.hpp>
#include <perf_timer/prometheus_text.hpp>

#include <benchmark/benchmark.h>

#include <chrono>
#include <deque>
#include <string>

namespace {

using namespace perf_timer;

/// If `names` is 1, all timers have one name: then they are added up, and remembered.
std::deque<AsioPerfTimer> timers(std::int64_t number, std::int64_t names) {
  std::deque<AsioPerfTimer> all;
  for (std::int64_t i = 0; i < number; ++i) {
    auto& timer = all.emplace_back("timer " + std::to_string(i % names), rows::silent());
    for (int sample = 0; sample < 100; ++sample)
      timer.observe(std::chrono::nanoseconds((1000 << (sample % 10)) + 37 * sample));
  }
  return all;
}

void collect(benchmark::State& state) {
  const auto all = timers(state.range(0), state.range(1));
  const PrometheusCollector collector;
  for (auto _ : state) benchmark::DoNotOptimize(collector.Collect());
}
BENCHMARK(collect)
    ->Name("prometheus/collect")
    ->Args({10, 10})
    ->Args({1'000, 1'000})
    ->Args({1'000, 1});

void text(benchmark::State& state) {
  const auto all = timers(state.range(0), state.range(0));
  for (auto _ : state) {
    const std::string answer = prometheus_text();
    state.counters["bytes"] = static_cast<double>(answer.size());
  }
}
BENCHMARK(text)->Name("prometheus/text")->Arg(10)->Arg(1'000);

}  // namespace
#endif
