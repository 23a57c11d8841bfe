//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// What one run of ordinary code costs, beside reading the clock twice.
#include <perf_timer.hpp>

#include <benchmark/benchmark.h>

#include <chrono>
#include <string_view>

namespace {

using std::chrono::steady_clock;

perf_timer::TimerOptions silent(perf_timer::Observer observer = perf_timer::HistogramObserver{}) {
  return {.observer = std::move(observer), .log = [](std::string_view) {}};
}

template <class Clock>
void two_clock_reads(benchmark::State& state) {
  for (auto _ : state) {
    benchmark::DoNotOptimize(Clock::now());
    benchmark::DoNotOptimize(Clock::now());
  }
}
BENCHMARK(two_clock_reads<steady_clock>)->ThreadRange(1, 2);
BENCHMARK(two_clock_reads<perf_timer::tsc_clock>);
BENCHMARK(two_clock_reads<perf_timer::thread_cpu_clock>);

template <class Timer>
void scope(benchmark::State& state, perf_timer::Observer observer) {
  static Timer* timer = nullptr;
  if (state.thread_index() == 0) timer = new Timer("scope", silent(std::move(observer)));
  for (auto _ : state) {
    const auto run = timer->measure();
    benchmark::ClobberMemory();
  }
  if (state.thread_index() == 0) delete timer;
}

void perf_timer_scope(benchmark::State& state) {
  scope<perf_timer::PerfTimer>(state, perf_timer::HistogramObserver{});
}
BENCHMARK(perf_timer_scope);

void perf_timer_scope_tsc(benchmark::State& state) {
  scope<perf_timer::BasicPerfTimer<perf_timer::tsc_clock>>(state, perf_timer::HistogramObserver{});
}
BENCHMARK(perf_timer_scope_tsc);

void perf_timer_scope_average(benchmark::State& state) {
  scope<perf_timer::PerfTimer>(state, perf_timer::AverageObserver{});
}
BENCHMARK(perf_timer_scope_average);

void perf_timer_scope_p_square(benchmark::State& state) {
  scope<perf_timer::PerfTimer>(state, perf_timer::PSquareObserver{});
}
BENCHMARK(perf_timer_scope_p_square);

void thread_perf_timer_scope(benchmark::State& state) {
  scope<perf_timer::ThreadPerfTimer>(state, perf_timer::HistogramObserver{});
}
BENCHMARK(thread_perf_timer_scope)->ThreadRange(1, 2);

void asio_perf_timer_scope(benchmark::State& state) {
  scope<perf_timer::AsioPerfTimer>(state, perf_timer::HistogramObserver{});
}
BENCHMARK(asio_perf_timer_scope)->ThreadRange(1, 2);

void perf_timer_decorated_function(benchmark::State& state) {
  perf_timer::PerfTimer timer("function", silent());
  auto function = timer.decorate([] { benchmark::ClobberMemory(); });
  for (auto _ : state) function();
}
BENCHMARK(perf_timer_decorated_function);

}  // namespace
