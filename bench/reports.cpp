//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// Measures reports of many timers, and the heap memory of a timer, a thread and a run.
#include "rows/row.hpp"

#include <benchmark/benchmark.h>

#include <cstdint>
#include <deque>
#include <latch>
#include <memory>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include <malloc.h>

namespace {

using namespace perf_timer;

/// Calls `action()` on threads that are there at once.
void on_threads(std::int64_t threads, auto action) {
  std::latch all(threads);
  std::vector<std::jthread> running;
  for (std::int64_t t = 0; t < threads; ++t)
    running.emplace_back([&] {
      action();
      all.arrive_and_wait();
    });
}

std::deque<AsioPerfTimer> timers(std::int64_t number, std::int64_t threads = 1) {
  std::deque<AsioPerfTimer> all;
  for (std::int64_t i = 0; i < number; ++i)
    all.emplace_back("timer " + std::to_string(i), rows::silent());
  on_threads(threads, [&] {
    for (auto& timer : all)
      for (int sample = 0; sample < 100; ++sample)
        timer.observe(std::chrono::nanoseconds(1000 << (sample % 10)));
  });
  return all;
}

void snapshots_of_threads(benchmark::State& state) {
  const auto all = timers(1'000, state.range(0));
  for (auto _ : state) benchmark::DoNotOptimize(snapshot_all());
}
BENCHMARK(snapshots_of_threads)->Name("snapshot_all_of_threads")->Arg(8);

void snapshots(benchmark::State& state) {
  const auto all = timers(state.range(0));
  for (auto _ : state) benchmark::DoNotOptimize(snapshot_all());
}
BENCHMARK(snapshots)->Name("snapshot_all")->Arg(10)->Arg(1'000)->Arg(10'000);

void reports(benchmark::State& state) {
  const auto all = timers(state.range(0));
  for (auto _ : state) {
    std::ostringstream out;
    write_report(out);
    benchmark::DoNotOptimize(out);
  }
}
BENCHMARK(reports)->Name("write_report")->Arg(10)->Arg(1'000)->Arg(10'000);

void open(benchmark::State& state) {
  AsioPerfTimer timer("connection", rows::silent());
  std::deque<AsioPerfTimer::StartedRun> runs;
  for (std::int64_t i = 0; i < state.range(0); ++i) runs.push_back(timer.start());
  for (auto _ : state) benchmark::DoNotOptimize(open_runs());
}
BENCHMARK(open)->Name("open_runs")->Arg(1'000)->Arg(100'000);

double heap_in_use() {
  const auto info = ::mallinfo2();
  return static_cast<double>(info.uordblks + info.hblkhd);
}

constexpr int many = 1000;

/// Returns the bytes that `make(i)` takes for each i, while all are alive.
void count_bytes(benchmark::State& state, auto make) {
  for (auto _ : state) {
    const double before = heap_in_use();
    for (int i = 0; i < many; ++i) make(i);
    state.counters["bytes"] = (heap_in_use() - before) / many;
  }
}

void memory_of_a_timer(benchmark::State& state) {
  std::deque<AsioPerfTimer> all;
  count_bytes(state, [&](int) { all.emplace_back("timer", rows::silent()); });
}
BENCHMARK(memory_of_a_timer)->Name("memory/timer")->Iterations(1);

// One timer that a thread uses: its queue of samples, and histograms of three series.
void memory_of_a_thread(benchmark::State& state) {
  std::deque<AsioPerfTimer> all;
  for (int i = 0; i < many; ++i) all.emplace_back("timer", rows::silent());
  count_bytes(state, [&](int i) {
    for (int sample = 0; sample < 100; ++sample)
      all[static_cast<std::size_t>(i)].observe(std::chrono::microseconds(100 + sample));
  });
}
BENCHMARK(memory_of_a_thread)->Name("memory/timer_and_thread")->Iterations(1);

// One timer that so many threads use, with all buckets of twenty octaves.
void memory_of_threads(benchmark::State& state) {
  for (auto _ : state) {
    const double before = heap_in_use();
    AsioPerfTimer timer("timer", rows::silent());
    on_threads(state.range(0), [&] {
      for (int octave = 10; octave < 30; ++octave)
        for (std::int64_t bucket = 128; bucket < 256; ++bucket)
          timer.observe(std::chrono::nanoseconds(bucket << (octave - 7)));
    });
    state.counters["bytes"] = heap_in_use() - before;
  }
}
BENCHMARK(memory_of_threads)->Name("memory/threads")->Arg(8)->Arg(64)->Iterations(1);

void memory_of_an_open_run(benchmark::State& state) {
  AsioPerfTimer timer("timer", rows::silent());
  std::allocator<AsioPerfTimer::Run> place;
  auto* const runs = place.allocate(many);
  boost::asio::io_context context;
  boost::asio::post(instrument(context), [&] {
    count_bytes(state, [&](int i) { ::new (runs + i) AsioPerfTimer::Run(timer.measure()); });
    std::destroy_n(runs, many);
  });
  context.run();
  place.deallocate(runs, many);
}
BENCHMARK(memory_of_an_open_run)->Name("memory/open_run")->Iterations(1);

}  // namespace
