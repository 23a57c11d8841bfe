//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//

// The server of doc/tracking.md, which knows nothing of perf_timer, and clients that put it under
// load. What it prints at exit is there.
#include <boost/asio.hpp>

#include <chrono>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

// --- the server

std::string render(const std::string& request) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::microseconds(200);
  std::string page = request;
  while (std::chrono::steady_clock::now() < end) page += '.';
  return page + "\r\n";
}

asio::awaitable<void> ask_backend() {
  asio::steady_timer answer(co_await asio::this_coro::executor, std::chrono::milliseconds(2));
  co_await answer.async_wait(asio::use_awaitable);
}

asio::awaitable<void> serve(tcp::socket socket) {
  for (std::string text;;) {
    const auto size = co_await asio::async_read_until(socket, asio::dynamic_buffer(text), '\n',
                                                      asio::use_awaitable);
    co_await ask_backend();
    const std::string page = render(text.substr(0, size - 1));
    co_await asio::async_write(socket, asio::buffer(page), asio::use_awaitable);
    text.erase(0, size);
  }
}

asio::awaitable<void> listen(tcp::acceptor acceptor, int clients) {
  for (; clients != 0; --clients) {
    auto socket = co_await acceptor.async_accept(asio::use_awaitable);
    asio::co_spawn(acceptor.get_executor(), serve(std::move(socket)), asio::detached);
  }
}

// --- the clients, which block, so that nothing of theirs is tracked

void ask(const tcp::endpoint& server) {
  asio::io_context context;
  tcp::socket socket(context);
  socket.connect(server);
  std::string answer;
  for (int i = 0; i < 250; ++i) {
    asio::write(socket, asio::buffer("GET /\n", 6));
    answer.erase(0, asio::read_until(socket, asio::dynamic_buffer(answer), '\n'));
  }
}

}  // namespace

int main() {
  asio::io_context context;
  tcp::acceptor acceptor(context, {asio::ip::address_v4::loopback(), 0});
  const auto server = acceptor.local_endpoint();
  asio::co_spawn(context, listen(std::move(acceptor), 4), asio::detached);

  std::vector<std::thread> clients;
  for (int i = 0; i < 4; ++i) clients.emplace_back([&] { ask(server); });
  context.run();
  for (std::thread& client : clients) client.join();
}
