//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// Beast's advanced server in callbacks (example/advanced/server): each connection has a strand,
// sends several answers, and may become a WebSocket, which goes on with the connection's run.
// Clients are on the plain context of the same thread, so they belong to no run.
#include <boost/asio.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/version.hpp>
#include <boost/beast/websocket.hpp>
#include <boost/make_unique.hpp>
#include <boost/optional.hpp>

#include "callback_servers/measured.hpp"

#include <cstdlib>
#include <functional>
#include <iostream>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace advanced_server {
#include <advanced/server/advanced_server.cpp>
}

namespace perf_timer::test {
namespace {

namespace beast = boost::beast;
namespace http = beast::http;

/// Asks for pages on one connection. Each step computes.
asio::awaitable<void> ask(asio::io_context& context, tcp::endpoint server, int requests,
                          int& answers) {
  tcp::socket socket(context);
  co_await socket.async_connect(server, asio::use_awaitable);
  beast::flat_buffer buffer;
  for (int i = 1; i <= requests; ++i) {
    ManualClock::advance(7);
    http::request<http::empty_body> request(
        http::verb::get, "/" + std::string(static_cast<std::size_t>(i), 'x'), 11);
    co_await http::async_write(socket, request, asio::use_awaitable);
    http::response<http::string_body> answer;
    co_await http::async_read(socket, buffer, answer, asio::use_awaitable);
    if (answer.result() == http::status::not_found) ++answers;
  }
}

/// Sends messages to a WebSocket, and reads them back.
asio::awaitable<void> echo(asio::io_context& context, tcp::endpoint server, int messages,
                           int& answers) {
  beast::websocket::stream<tcp::socket> stream(context);
  co_await stream.next_layer().async_connect(server, asio::use_awaitable);
  co_await stream.async_handshake("localhost", "/socket", asio::use_awaitable);
  beast::flat_buffer buffer;
  for (int i = 1; i <= messages; ++i) {
    ManualClock::advance(7);
    const std::string message(static_cast<std::size_t>(i), 'x');
    co_await stream.async_write(asio::buffer(message), asio::use_awaitable);
    co_await stream.async_read(buffer, asio::use_awaitable);
    if (beast::buffers_to_string(buffer.data()) == message) ++answers;
    buffer.clear();
  }
  co_await stream.async_close(beast::websocket::close_code::normal, asio::use_awaitable);
}

BOOST_AUTO_TEST_SUITE(advanced_server)

BOOST_AUTO_TEST_CASE(requests_and_web_sockets) {
  constexpr int clients = 6;  // of each kind
  int answers = 0;
  asio::io_context context;
  Books books(2 * clients);
  books.listening = [&](asio::io_context&, const tcp::endpoint& endpoint) {
    for (int i = 1; i <= clients; ++i) {
      asio::co_spawn(context, ask(context, endpoint, i, answers), asio::detached);
      asio::co_spawn(context, echo(context, endpoint, i, answers), asio::detached);
    }
  };
  books.all_ended = [&] { context.stop(); };
  std::make_shared<::advanced_server::listener>(context,
                                                tcp::endpoint(asio::ip::address_v4::loopback(), 0),
                                                std::make_shared<const std::string>("/nowhere"))
      ->run();
  context.run();

  BOOST_TEST(answers == 2 * (1 + 2 + 3 + 4 + 5 + 6));
  std::vector<Ticks> expected;
  for (Ticks i = 1; i <= clients; ++i) {
    expected.push_back(i * (i + 3) / 2 * 1000 + i * 11);   // targets of 2, 3, ... characters
    expected.push_back(7 * 1000 + i * (i + 1) / 2 * 100);  // "/socket", messages of 1, 2, ...
  }
  std::ranges::sort(expected);
  std::vector<Ticks> busy = books.busy;
  std::ranges::sort(busy);
  BOOST_TEST(busy == expected, boost::test_tools::per_element());
  books.check();
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
