//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// Measures other ways to time a handler, each beside the same chain of handlers: two or three clock
// readings, and some record.
#include "rows/handlers.hpp"

#include <benchmark/benchmark.h>
#include <boost/accumulators/accumulators.hpp>
#include <boost/accumulators/statistics/extended_p_square.hpp>
#include <boost/accumulators/statistics/stats.hpp>
#ifdef PERF_TIMER_BENCH_PROMETHEUS
#include <prometheus/histogram.h>
#include <prometheus/summary.h>
#endif

#include <chrono>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

namespace {

namespace asio = boost::asio;
namespace ba = boost::accumulators;
using std::chrono::steady_clock;

double seconds(steady_clock::duration duration) {
  return std::chrono::duration<double>(duration).count();
}

/// Posts itself, and lets `record` time its work.
template <class Record>
struct Timed {
  benchmark::State& state;
  asio::io_context& context;
  Record& record;

  void operator()() {
    const auto start = steady_clock::now();
    if (state.KeepRunning()) asio::post(context, Timed(*this));
    record(seconds(steady_clock::now() - start));
  }
};

void post_and_run(benchmark::State& state, auto record) {
  asio::io_context context(1);
  asio::post(context, Timed<decltype(record)>{state, context, record});
  context.run();
}

void two_readings_alone(benchmark::State& state) {
  post_and_run(state, [](double) {});
}
BENCHMARK(two_readings_alone)->Name("alternative/two_readings_alone");

/// A typical hand-written wrapper: three P-square quantiles, and a mutex.
class PSquare {
 public:
  void operator()(double value) {
    const std::lock_guard lock(shared_->mutex);
    shared_->set(value);
  }

 private:
  struct Shared {
    std::mutex mutex;
    ba::accumulator_set<double, ba::stats<ba::tag::extended_p_square>> set{
        ba::extended_p_square_probabilities = std::vector{0.5, 0.9, 0.99}};
  };
  std::shared_ptr<Shared> shared_ = std::make_shared<Shared>();
};

/// An executor, because it must time what others submit, and how long that was queued.
struct HandWritten {
  asio::io_context::executor_type inner;
  PSquare busy{}, queued{};

  [[nodiscard]] asio::execution_context& query(asio::execution::context_t) const {
    return inner.context();
  }
  template <class Function>
  void execute(Function function) const {
    const auto submitted = steady_clock::now();
    asio::require(inner, asio::execution::blocking.never)
        .execute(
            [busy = busy, queued = queued, submitted, function = std::move(function)]() mutable {
              const auto start = steady_clock::now();
              function();
              busy(seconds(steady_clock::now() - start));
              queued(seconds(start - submitted));
            });
  }
  bool operator==(const HandWritten& other) const noexcept { return inner == other.inner; }
  bool operator!=(const HandWritten& other) const noexcept { return !(*this == other); }
};

struct Executing {
  benchmark::State& state;
  const HandWritten& executor;
  void operator()() const {
    if (state.KeepRunning()) executor.execute(*this);
  }
};

void hand_written(benchmark::State& state) {
  asio::io_context context(1);
  const HandWritten executor{context.get_executor()};
  executor.execute(Executing{state, executor});
  context.run();
}
BENCHMARK(hand_written)->Name("alternative/hand_written_wrapper");

#ifdef PERF_TIMER_BENCH_PROMETHEUS
void prometheus_histogram(benchmark::State& state) {
  prometheus::Histogram histogram({1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1});
  post_and_run(state, [&](double value) { histogram.Observe(value); });
}
BENCHMARK(prometheus_histogram)->Name("alternative/prometheus_histogram");

void prometheus_summary(benchmark::State& state) {
  prometheus::Summary summary({{0.5, 0.01}, {0.9, 0.01}, {0.99, 0.001}});
  post_and_run(state, [&](double value) { summary.Observe(value); });
}
BENCHMARK(prometheus_summary)->Name("alternative/prometheus_summary");
#endif

}  // namespace
