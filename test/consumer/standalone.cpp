//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// The same as consumer.cpp, with standalone Asio.
#include <asio/awaitable.hpp>
#include <asio/co_spawn.hpp>
#include <asio/detached.hpp>
#include <asio/io_context.hpp>
#include <asio/post.hpp>
#include <asio/use_awaitable.hpp>
#include <iostream>
#include <perf_timer.hpp>

namespace {

asio::awaitable<void> request() { co_await asio::post(asio::use_awaitable); }

}  // namespace

int main() {
  perf_timer::AsioPerfTimer steps{"step"};
  perf_timer::AsioPerfTimer requests{"request"};

  asio::io_context context;
  const auto executor = steps.wrap(context);
  for (int i = 0; i < 3; ++i)
    asio::co_spawn(executor, requests.decorate(request()), asio::detached);
  asio::post(executor, [] {});
  context.run();

  perf_timer::write_report(std::cout);
  return steps.snapshot().runs >= 4 && requests.snapshot().runs == 3 ? 0 : 1;
}
