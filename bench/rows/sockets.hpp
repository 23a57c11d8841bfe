//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include "coroutines.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>

#include <array>
#include <string>

/// \file
/// Round trips over a loopback socket, with client and server on one thread. The server's session
/// is measured: each request is a run.

namespace perf_timer::rows {

namespace http = boost::beast::http;
using Tcp = asio::ip::tcp;

/// Two connected sockets.
struct Connection {
  Connection(const asio::any_io_executor& client_executor,
             const asio::any_io_executor& server_executor)
      : client(client_executor), server(server_executor) {
    Tcp::acceptor acceptor(client_executor, {asio::ip::address_v4::loopback(), 0});
    client.connect(acceptor.local_endpoint());
    acceptor.accept(server);
    client.set_option(Tcp::no_delay(true));
    server.set_option(Tcp::no_delay(true));
  }
  Tcp::socket client, server;
};

/// `Protocol` has `ask(socket)` and `answer(socket)`, which throw when the connection has ended.
template <class Protocol, How how>
struct RoundTrip {
  void operator()(auto& loop) const {
    AsioPerfTimer timer("request", silent());
    asio::io_context context(1);
    const asio::any_io_executor plain = context.get_executor();
    const asio::any_io_executor executor =
        how == How::plain ? plain : asio::any_io_executor(instrument(context));
    Connection connection(plain, executor);
    asio::co_spawn(executor, serve(connection.server, timer), asio::detached);
    asio::co_spawn(
        plain,
        [&]() -> asio::awaitable<void> {
          Protocol protocol;
          while (loop.KeepRunning()) co_await protocol.ask(connection.client);
          connection.client.close();
        },
        asio::detached);
    context.run();
  }

 private:
  static asio::awaitable<void> serve(Tcp::socket& socket, AsioPerfTimer& timer) try {
    Protocol protocol;
    for (;;) {
      if constexpr (how == How::wrapped)
        co_await timer.decorate(protocol.answer(socket));
      else
        co_await protocol.answer(socket);
    }
  } catch (const boost::system::system_error&) {
    // The client has disconnected.
  }
};

struct Echo {
  asio::awaitable<void> ask(Tcp::socket& socket) {
    co_await asio::async_write(socket, asio::buffer(bytes), asio::use_awaitable);
    co_await asio::async_read(socket, asio::buffer(bytes), asio::use_awaitable);
  }
  asio::awaitable<void> answer(Tcp::socket& socket) {
    co_await asio::async_read(socket, asio::buffer(bytes), asio::use_awaitable);
    co_await asio::async_write(socket, asio::buffer(bytes), asio::use_awaitable);
  }
  std::array<char, 64> bytes{};
};

struct BeastRequest {
  asio::awaitable<void> ask(Tcp::socket& socket) {
    http::request<http::empty_body> request(http::verb::get, "/", 11);
    request.set(http::field::host, "127.0.0.1");
    co_await http::async_write(socket, request, asio::use_awaitable);
    http::response<http::string_body> response;
    co_await http::async_read(socket, buffer, response, asio::use_awaitable);
  }
  asio::awaitable<void> answer(Tcp::socket& socket) {
    http::request<http::string_body> request;
    co_await http::async_read(socket, buffer, request, asio::use_awaitable);
    http::response<http::string_body> response(http::status::ok, 11);
    response.body() = "hello";
    response.prepare_payload();
    co_await http::async_write(socket, response, asio::use_awaitable);
  }
  boost::beast::flat_buffer buffer;
};

}  // namespace perf_timer::rows
