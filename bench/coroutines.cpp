//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// What coroutines cost on plain and on instrumented executors, with no run open and inside one.
#include <perf_timer.hpp>

#include <benchmark/benchmark.h>
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <string_view>

namespace {

namespace asio = boost::asio;

enum class How { plain, instrumented, measured };

perf_timer::AsioPerfTimer& timer() {
  static perf_timer::AsioPerfTimer timer("coroutine", {.log = [](std::string_view) {}});
  return timer;
}

/// Runs `program(state)` as a coroutine until the benchmark has had enough.
template <class Program>
void run(benchmark::State& state, How how, Program program) {
  asio::io_context context(1);
  const asio::any_io_executor executor =
      how == How::plain ? asio::any_io_executor(context.get_executor())
                        : asio::any_io_executor(perf_timer::instrument(context));
  asio::co_spawn(executor, program(state), asio::detached);
  context.run();
}

asio::awaitable<void> posts(benchmark::State& state) {
  for (auto _ : state) co_await asio::post(asio::use_awaitable);
}
asio::awaitable<void> posts_inside_a_run(benchmark::State& state) {
  const auto open = timer().measure();
  for (auto _ : state) co_await asio::post(asio::use_awaitable);
}

asio::awaitable<void> child() { co_return; }
asio::awaitable<void> posting_child() { co_await asio::post(asio::use_awaitable); }

template <asio::awaitable<void> (*function)(), bool decorated>
asio::awaitable<void> calls(benchmark::State& state) {
  for (auto _ : state) {
    if constexpr (decorated)
      co_await timer().decorate(function());
    else
      co_await function();
  }
}

void co_await_post(benchmark::State& state, How how) {
  run(state, how, how == How::measured ? posts_inside_a_run : posts);
}
BENCHMARK_CAPTURE(co_await_post, plain, How::plain);
BENCHMARK_CAPTURE(co_await_post, instrumented, How::instrumented);
BENCHMARK_CAPTURE(co_await_post, inside_a_run, How::measured);

void co_await_child(benchmark::State& state, How how) {
  run(state, how, how == How::measured ? calls<child, true> : calls<child, false>);
}
BENCHMARK_CAPTURE(co_await_child, plain, How::plain);
BENCHMARK_CAPTURE(co_await_child, instrumented, How::instrumented);
BENCHMARK_CAPTURE(co_await_child, decorated, How::measured);

void co_await_suspending_child(benchmark::State& state, How how) {
  run(state, how, how == How::measured ? calls<posting_child, true> : calls<posting_child, false>);
}
BENCHMARK_CAPTURE(co_await_suspending_child, plain, How::plain);
BENCHMARK_CAPTURE(co_await_suspending_child, instrumented, How::instrumented);
BENCHMARK_CAPTURE(co_await_suspending_child, decorated, How::measured);

}  // namespace
