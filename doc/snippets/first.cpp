//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//

// The whole program of README: a server that echoes lines, and measures each answer. Try it with
// `nc 127.0.0.1 PORT`; Ctrl-C ends it.
#include <perf_timer.hpp>

#include <boost/asio.hpp>

#include <csignal>
#include <iostream>
#include <string>
#include <utility>

namespace asio = boost::asio;
using asio::ip::tcp;

perf_timer::AsioPerfTimer echo_timer{"echo"};  // 1. name it

asio::awaitable<void> serve(tcp::socket socket) {
  for (std::string text;;) {
    const auto size = co_await asio::async_read_until(socket, asio::dynamic_buffer(text), '\n',
                                                      asio::use_awaitable);
    auto echo = asio::async_write(socket, asio::buffer(text, size), asio::use_awaitable);
    co_await echo_timer.decorate(std::move(echo));  // 3. one run, over all suspensions
    text.erase(0, size);
  }
}

asio::awaitable<void> listen(tcp::acceptor acceptor) {
  for (;;) {
    auto socket = co_await acceptor.async_accept(asio::use_awaitable);
    asio::co_spawn(acceptor.get_executor(), serve(std::move(socket)), asio::detached);
  }
}

int main() {
  asio::io_context context;
  const auto executor = perf_timer::instrument(context);  // 2. spawn coroutines on it

  tcp::acceptor acceptor{executor, {asio::ip::address_v4::loopback(), 0}};
  std::cout << "listening on port " << acceptor.local_endpoint().port() << std::endl;
  asio::co_spawn(executor, listen(std::move(acceptor)), asio::detached);

  asio::signal_set stop{context, SIGINT};
  stop.async_wait([&](auto, int) { context.stop(); });
  context.run();
  perf_timer::write_report(std::cout);
}
