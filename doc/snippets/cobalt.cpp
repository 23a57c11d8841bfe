//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// What doc/cobalt.md shows.
#include <perf_timer.hpp>

#include <boost/asio/steady_timer.hpp>
#include <boost/cobalt.hpp>

#include <chrono>
#include <utility>

namespace cobalt = boost::cobalt;

perf_timer::AsioPerfTimer fetch_timer{"fetch"}, page_timer{"page"};

cobalt::promise<int> fetch(int page) {
  boost::asio::steady_timer timer(co_await cobalt::this_coro::executor,
                                  std::chrono::milliseconds(page));
  co_await timer.async_wait(cobalt::use_op);
  co_return page;
}

cobalt::task<int> load(int page) {
  const auto run = page_timer.measure();
  co_return co_await fetch(page);
}

void handle(int) {}

cobalt::promise<void> receive(cobalt::channel<int>& pages) {
  for (int i = 0; i != 3; ++i) {
    const int page = co_await pages.read();
    const auto run = page_timer.measure();
    handle(page);
  }
}

cobalt::promise<void> send(cobalt::channel<int>& pages) {
  for (const int page : {1, 2, 3}) co_await pages.write(page);
}

cobalt::task<void> program() {
  const auto measured_fetch = fetch_timer.decorate(fetch);
  co_await cobalt::join(measured_fetch(1), measured_fetch(2));

  const auto measured_load = fetch_timer.decorate(
      [](cobalt::task<int> task) -> cobalt::promise<int> { co_return co_await std::move(task); });
  co_await cobalt::join(measured_load(load(1)), measured_load(load(2)));

  cobalt::channel<int> pages;
  co_await cobalt::join(receive(pages), send(pages));
}

cobalt::main co_main(int, char*[]) {
  const auto executor = perf_timer::instrument(co_await cobalt::this_coro::executor);
  cobalt::this_thread::set_executor(executor);  // promises use it
  co_await cobalt::spawn(executor, program(), cobalt::use_op);
  co_return 0;
}
