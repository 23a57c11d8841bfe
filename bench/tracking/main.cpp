//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// Measures Asio's own handler tracking. It is chosen when a whole program is compiled, so there are
// two programs: one with Asio's built-in tracking, one with two clock readings and a histogram in
// its place.
#include <benchmark/benchmark.h>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

#include <cstdio>

namespace {

namespace asio = boost::asio;

struct Relay {
  benchmark::State& state;
  asio::io_context& context;

  void operator()() {
    if (state.KeepRunning()) asio::post(context, Relay(*this));
  }
};

void handler(benchmark::State& state) {
  asio::io_context context(1);
  asio::post(context, Relay{state, context});
  context.run();
}
BENCHMARK(handler)->Name(PERF_TIMER_BENCH_TRACKING);

}  // namespace

int main(int argc, char** argv) {
  // The built-in tracking writes lines to standard error. Here nobody reads them, so this is their
  // least cost.
  if (!std::freopen("/dev/null", "w", stderr)) return 1;
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
}
