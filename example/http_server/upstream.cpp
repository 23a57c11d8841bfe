//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "upstream.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include <utility>

namespace asio = boost::asio;

namespace http_server {

Upstream::Upstream(asio::io_context& context, asio::ip::tcp::endpoint server)
    : context_(context), server_(std::move(server)) {}

asio::awaitable<std::string> Upstream::ask(std::string question) {
  auto socket = take_idle();
  if (!socket) socket = co_await connect();
  question += '\n';
  co_await asio::async_write(*socket, asio::buffer(question), asio::use_awaitable);
  std::string answer;
  const auto length = co_await asio::async_read_until(*socket, asio::dynamic_buffer(answer, 1024),
                                                      '\n', asio::use_awaitable);
  answer.resize(length - 1);
  keep(std::move(*socket));
  co_return answer;
}

std::optional<Upstream::Socket> Upstream::take_idle() {
  const std::scoped_lock lock{mutex_};
  if (idle_.empty()) return std::nullopt;
  auto socket = std::move(idle_.back());
  idle_.pop_back();
  return socket;
}

asio::awaitable<Upstream::Socket> Upstream::connect() {
  // The socket is on the context, because it will serve one connection after another. What is
  // awaited from it still completes on the awaiting coroutine's executor, and so is measured.
  Socket socket{context_};
  co_await socket.async_connect(server_, asio::use_awaitable);
  socket.set_option(asio::ip::tcp::no_delay{true});
  co_return socket;
}

void Upstream::keep(Socket socket) {
  const std::scoped_lock lock{mutex_};
  idle_.push_back(std::move(socket));
}

}  // namespace http_server
