//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//

// A counter of execution time, for what a timer doesn't fit: how long has this task executed
// between two points, whatever else ran meanwhile?
#include <perf_timer.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/experimental/channel.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <boost/system/error_code.hpp>

#include <chrono>
#include <iostream>
#include <stdexcept>

namespace asio = boost::asio;
using namespace std::chrono_literals;
using Channel = asio::experimental::channel<void(boost::system::error_code, int)>;

namespace {

void compute(std::chrono::microseconds duration) {
  const auto end = std::chrono::steady_clock::now() + duration;
  while (std::chrono::steady_clock::now() < end) continue;
}

asio::awaitable<void> produce(Channel& channel, int count) {
  const auto start = perf_timer::asio_perf_counter();
  for (int i = 0; i < count; ++i) {
    compute(1000us);
    co_await channel.async_send({}, i, asio::use_awaitable);
  }
  // Only differences of the counter have a meaning.
  std::cout << "the producer computed 10 times for 1000 usec, and executed for "
            << (perf_timer::asio_perf_counter() - start) / 1us << " usec\n";
}

asio::awaitable<void> consume(Channel& channel, int count) {
  const auto start = perf_timer::asio_perf_counter();
  for (int i = 0; i < count; ++i) {
    co_await channel.async_receive(asio::use_awaitable);
    compute(200us);
  }
  std::cout << "the consumer computed 10 times for 200 usec, and executed for "
            << (perf_timer::asio_perf_counter() - start) / 1us << " usec\n";
}

}  // namespace

int main() {
  try {
    static_cast<void>(perf_timer::asio_perf_counter());
  } catch (const std::logic_error& error) {
    std::cout << "in main: " << error.what() << "\n\n";
  }

  asio::io_context context;
  Channel channel{context};
  constexpr int count = 10;
  // Each coroutine is a task of its own. What it executes is counted for it, whoever wakes it.
  asio::co_spawn(perf_timer::task(context), produce(channel, count), asio::detached);
  asio::co_spawn(perf_timer::task(context), consume(channel, count), asio::detached);

  const auto start = std::chrono::steady_clock::now();
  context.run();
  std::cout << "both took " << (std::chrono::steady_clock::now() - start) / 1us
            << " usec: they ran in turns\n";
}
