//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// What a handler costs through an executor, plain and instrumented: each posts the next.
#include <perf_timer.hpp>

#include <benchmark/benchmark.h>
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/strand.hpp>

#include <string_view>
#include <type_traits>

namespace {

namespace asio = boost::asio;

template <class Executor>
struct Relay {
  benchmark::State& state;
  const Executor& executor;

  void operator()() {
    if (state.KeepRunning()) asio::post(executor, Relay(*this));
  }
};

template <class Executor>
void post_and_run(benchmark::State& state, asio::io_context& context, const Executor& executor) {
  asio::post(executor, Relay<Executor>{state, executor});
  context.run();
}

enum class How { plain, instrumented, wrapped };
enum class Erased { no, yes };
enum class On { context, strand };

template <On on, Erased erased, How how>
void handler(benchmark::State& state) {
  perf_timer::AsioPerfTimer timer("handler", {.log = [](std::string_view) {}});
  asio::io_context context(1);
  const auto inner = [&] {
    if constexpr (on == On::strand)
      return asio::make_strand(context);
    else
      return context.get_executor();
  }();
  const auto executor = [&] {
    if constexpr (how == How::plain)
      return inner;
    else if constexpr (how == How::instrumented)
      return perf_timer::instrument(inner);
    else
      return timer.wrap(inner);
  }();
  if constexpr (erased == Erased::yes)
    post_and_run(state, context, asio::any_io_executor(executor));
  else
    post_and_run(state, context, executor);
}

BENCHMARK(handler<On::context, Erased::no, How::plain>)->Name("handler/io_context/typed/plain");
BENCHMARK(handler<On::context, Erased::no, How::instrumented>)
    ->Name("handler/io_context/typed/instrumented");
BENCHMARK(handler<On::context, Erased::no, How::wrapped>)->Name("handler/io_context/typed/wrapped");
BENCHMARK(handler<On::context, Erased::yes, How::plain>)->Name("handler/io_context/erased/plain");
BENCHMARK(handler<On::context, Erased::yes, How::instrumented>)
    ->Name("handler/io_context/erased/instrumented");
BENCHMARK(handler<On::context, Erased::yes, How::wrapped>)
    ->Name("handler/io_context/erased/wrapped");
BENCHMARK(handler<On::strand, Erased::no, How::plain>)->Name("handler/strand/typed/plain");
BENCHMARK(handler<On::strand, Erased::no, How::instrumented>)
    ->Name("handler/strand/typed/instrumented");
BENCHMARK(handler<On::strand, Erased::no, How::wrapped>)->Name("handler/strand/typed/wrapped");
BENCHMARK(handler<On::strand, Erased::yes, How::plain>)->Name("handler/strand/erased/plain");
BENCHMARK(handler<On::strand, Erased::yes, How::instrumented>)
    ->Name("handler/strand/erased/instrumented");
BENCHMARK(handler<On::strand, Erased::yes, How::wrapped>)->Name("handler/strand/erased/wrapped");

}  // namespace
