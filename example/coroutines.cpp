//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//

// How long does a coroutine execute, and how long does it take? This one sleeps for most of its
// time. An AsioPerfTimer tells the two apart, over all coroutines that the measured one awaits.
#include <perf_timer.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <chrono>
#include <iostream>

namespace asio = boost::asio;
using namespace std::chrono_literals;

namespace {

void compute(std::chrono::microseconds duration) {
  const auto end = std::chrono::steady_clock::now() + duration;
  while (std::chrono::steady_clock::now() < end) continue;
}

asio::awaitable<void> sleep(std::chrono::milliseconds duration) {
  asio::steady_timer timer{co_await asio::this_coro::executor, duration};
  co_await timer.async_wait(asio::use_awaitable);
}

perf_timer::AsioPerfTimer request_timer{"request"};
perf_timer::AsioPerfTimer prices_timer{"  query prices"};
perf_timer::AsioPerfTimer stock_timer{"  query stock"};

asio::awaitable<int> query_prices() {
  compute(200us);
  co_await sleep(5ms);
  compute(300us);
  co_return 2;
}

asio::awaitable<int> query_stock() {
  co_await sleep(8ms);
  compute(700us);
  co_return 21;
}

asio::awaitable<void> request(int& answer) {
  using namespace asio::experimental::awaitable_operators;
  compute(100us);
  // Awaiting a decorated awaitable records one run.
  const auto [prices, stock] =
      co_await (prices_timer.decorate(query_prices()) && stock_timer.decorate(query_stock()));
  compute(100us);
  answer = prices * stock;
}

}  // namespace

int main() {
  asio::io_context context;
  // Instrumented executors carry the measurement along. The coroutines don't change.
  const auto executor = perf_timer::instrument(context);
  // Each call of a decorated coroutine function records one run.
  const auto timed_request = request_timer.decorate(request);

  int answer = 0;
  for (int i = 0; i < 10; ++i) {
    asio::co_spawn(executor, timed_request(answer), asio::detached);
    context.run();
    context.restart();
  }

  std::cout
      << "Each of these requests computes for 200 usec, and for 500 + 700 usec in two queries that "
         "it\n"
         "awaits at once. Its elapsed time is more than 8 msec, of which 1400 usec are busy:\n"
         "\n";
  perf_timer::write_report(std::cout);
  std::cout << '\n';
  return answer == 42 ? 0 : 1;
}
