//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// Somebody's plugin: measures what it does, on threads and in coroutines.

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <perf_timer.hpp>

#include <thread>

namespace asio = boost::asio;

namespace {

perf_timer::PerfTimer calls{"calls of the plugin"};
perf_timer::ThreadPerfTimer on_threads{"threads of the plugin"};
perf_timer::AsioPerfTimer coroutines{"coroutines of the plugin"};

asio::awaitable<void> coroutine() {
  const auto run = coroutines.measure();
  co_await asio::post(asio::use_awaitable);
}

void run_coroutines() {
  asio::io_context context{2};
  for (int i = 0; i < 10; ++i) {
    asio::co_spawn(perf_timer::instrument(context), coroutine(), asio::detached);
  }
  std::thread other{[&] { context.run(); }};
  context.run();
  other.join();
}

void run_thread() { const auto run = on_threads.measure(); }

}  // namespace

/// Returns whether all has been measured. It counts what happened since it was loaded.
extern "C" [[gnu::visibility("default")]] bool use_plugin() {
  {
    const auto run = calls.measure();
    std::thread first{run_thread};
    std::thread second{run_thread};
    run_coroutines();
    first.join();
    second.join();
  }
  return calls.snapshot().runs == 1 && on_threads.snapshot().runs == 2 &&
         coroutines.snapshot().runs == 10;
}
