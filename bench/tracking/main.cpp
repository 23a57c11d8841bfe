//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// Asio's own handler tracking, which is a matter of how a whole program is compiled: one program
// with what Asio has built in, one with two clock readings and a histogram in its place.
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
  // The built-in one writes lines to standard error. Nobody reads them: that is the least they
  // cost.
  if (!std::freopen("/dev/null", "w", stderr)) return 1;
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
}
