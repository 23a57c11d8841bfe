//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "server.hpp"

#include "instrumentation.hpp"
#include "session.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <chrono>
#include <exception>
#include <iostream>
#include <utility>

namespace asio = boost::asio;
using asio::ip::tcp;

namespace http_server {

Server::Server(asio::io_context& context, const Instrumentation& instrumentation, Routes& routes,
               tcp::endpoint endpoint)
    : context_(context),
      instrumentation_(instrumentation),
      routes_(routes),
      strand_(asio::make_strand(context)),
      acceptor_(strand_, endpoint) {
  asio::co_spawn(strand_, accept(), asio::detached);
}

void Server::stop() {
  asio::post(strand_, [this] {
    stopping_ = true;
    acceptor_.close();
    for (const auto& connection : connections_) {
      asio::post(connection->strand,
                 [connection] { connection->stop.emit(asio::cancellation_type::terminal); });
    }
  });
}

asio::awaitable<void> Server::accept() {
  while (!stopping_) {
    // The socket's executor is the connection's strand, so all of its handlers run there.
    auto [error, socket] = co_await acceptor_.async_accept(instrumentation_.strand(context_),
                                                           asio::as_tuple(asio::use_awaitable));
    if (stopping_) break;
    if (!error) {
      start(std::move(socket));
      continue;
    }
    std::cerr << "can't accept: " << error.message() << '\n';
    asio::steady_timer pause{strand_, std::chrono::milliseconds{100}};  // too many open files?
    co_await pause.async_wait(asio::use_awaitable);
  }
}

void Server::start(tcp::socket socket) {
  boost::system::error_code ignored;  // the client may have hung up already
  socket.set_option(tcp::no_delay{true}, ignored);
  const auto connection = std::make_shared<Connection>(socket.get_executor());
  connections_.insert(connection);
  const auto forget = [this, connection](const std::exception_ptr&) {
    asio::post(strand_, [this, connection] { connections_.erase(connection); });
  };
  asio::co_spawn(connection->strand, serve(std::move(socket), routes_, stopping_),
                 asio::bind_cancellation_slot(connection->stop.slot(), forget));
}

}  // namespace http_server
