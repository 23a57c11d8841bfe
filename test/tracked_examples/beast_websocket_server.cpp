//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// Beast's WebSocket server as C++20 coroutines (example/websocket/server/awaitable).
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/websocket.hpp>

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "tracked_examples/server_under_test.hpp"

namespace beast_websocket_server {
#include <websocket/server/awaitable/websocket_server_awaitable.cpp>
}

namespace perf_timer::test {
namespace {

BOOST_AUTO_TEST_SUITE(beast_websocket_server)

BOOST_AUTO_TEST_CASE(each_message) {
  constexpr std::uint64_t clients = 6, messages_of_each = 20;
  const tcp::endpoint endpoint = unused_endpoint();
  std::uint64_t echoed = 0;
  {
    asio::io_context context;
    serve_clients(
        [&] {
          asio::co_spawn(context, ::beast_websocket_server::do_listen(endpoint), asio::detached);
          context.run();
        },
        [&] {
          for (std::uint64_t i = 0; i < clients; ++i) {
            BlockingClient client(endpoint);
            client.send(
                "GET / HTTP/1.1\r\nHost: test\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                "Sec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\nSec-WebSocket-Version: 13\r\n\r\n");
            while (client.line() != "\r\n") {
            }
            for (std::uint64_t k = 0; k < messages_of_each; ++k) {
              // A text of two bytes whose mask is zero.
              client.send(std::string_view("\x81\x82\0\0\0\0ab", 8));
              echoed += client.bytes(4) ==
                        "\x81\x02"
                        "ab";
            }
            // Goes without a word. The example does not end a session that is closed as it should.
            client.finish();
            client.rest();
          }
          context.stop();
        });
  }
  BOOST_TEST_REQUIRE(echoed == clients * messages_of_each);

  constexpr std::string_view example = "websocket_server_awaitable.cpp";
  const std::string path = [&] {
    for (const OperationSnapshot& operation : operations())
      if (operation.file.ends_with(example)) return operation.file;
    return std::string();
  }();
  BOOST_TEST(at(example, line_of(path, "co_await acceptor.async_accept"), "async_accept") ==
             (Counted{.count = clients, .dropped = 1}));
  // The handshake comes in one piece, and so does each message.
  BOOST_TEST(at(example, line_of(path, "co_await ws.async_accept"), "async_receive") ==
             (Counted{.count = clients}));
  BOOST_TEST(at(example, line_of(path, "co_await ws.async_accept"), "async_send") ==
             (Counted{.count = clients}));
  BOOST_TEST(at(example, line_of(path, "co_await ws.async_read"), "async_receive") ==
             (Counted{.count = echoed + clients, .failed = clients}));
  BOOST_TEST(at(example, line_of(path, "co_await ws.async_write"), "async_send") ==
             (Counted{.count = echoed}));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
