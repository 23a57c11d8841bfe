//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "upstream_server.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include <chrono>
#include <string>
#include <utility>

namespace asio = boost::asio;
using asio::ip::tcp;

namespace http_server {
namespace {

constexpr auto think_time = std::chrono::milliseconds{5};
constexpr auto no_throw = asio::as_tuple(asio::use_awaitable);

asio::awaitable<void> serve(tcp::socket socket) {
  socket.set_option(tcp::no_delay{true});
  asio::steady_timer timer{socket.get_executor()};
  std::string buffer;
  for (;;) {
    const auto [read_error, length] =
        co_await asio::async_read_until(socket, asio::dynamic_buffer(buffer, 1024), '\n', no_throw);
    if (read_error) co_return;  // hung up, or a line too long
    timer.expires_after(think_time);
    co_await timer.async_wait(asio::use_awaitable);
    const auto answer = "you asked: " + buffer.substr(0, length);
    buffer.erase(0, length);
    const auto [write_error, written] =
        co_await asio::async_write(socket, asio::buffer(answer), no_throw);
    if (write_error) co_return;
  }
}

asio::awaitable<void> accept(tcp::acceptor& acceptor) {
  for (;;) {
    auto [error, socket] = co_await acceptor.async_accept(no_throw);
    if (error) continue;
    asio::co_spawn(acceptor.get_executor(), serve(std::move(socket)), asio::detached);
  }
}

}  // namespace

UpstreamServer::UpstreamServer()
    : acceptor_(context_, tcp::endpoint{asio::ip::address_v4::loopback(), 0}) {
  asio::co_spawn(context_, accept(acceptor_), asio::detached);
  thread_ = std::jthread{[this] { context_.run(); }};
}

UpstreamServer::~UpstreamServer() { context_.stop(); }

}  // namespace http_server
