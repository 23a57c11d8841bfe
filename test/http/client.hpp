//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <boost/asio/buffer.hpp>
#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace perf_timer::test {

namespace asio = boost::asio;
namespace http = boost::beast::http;

using Reply = http::response<http::string_body>;

/// Returns a request without a body.
inline std::string request(std::string_view target, std::string_view fields = {},
                           std::string_view method = "GET") {
  return std::string(method) + ' ' + std::string(target) + " HTTP/1.1\r\nHost: localhost\r\n" +
         std::string(fields) + "\r\n";
}

/// A client of a service, which waits for what comes.
class Client {
 public:
  explicit Client(std::uint16_t port)
      : Client(asio::ip::tcp::endpoint(asio::ip::address_v4::loopback(), port)) {}
  explicit Client(const std::string& path) : Client(asio::local::stream_protocol::endpoint(path)) {}
  explicit Client(const asio::generic::stream_protocol::endpoint& to) { socket_.connect(to); }

  /// Sends bytes, as far as the service takes them.
  Client& send(std::string_view bytes) {
    boost::system::error_code ignored;
    asio::write(socket_, asio::buffer(bytes), ignored);
    return *this;
  }
  /// Sends no more.
  Client& end() {
    boost::system::error_code ignored;
    socket_.shutdown(asio::socket_base::shutdown_send, ignored);
    return *this;
  }

  /// Waits for an answer. Its status is 0 if the service hangs up instead.
  Reply answer(bool without_body = false) {
    http::response_parser<http::string_body> parser;
    parser.body_limit(boost::none);
    parser.skip(without_body);
    boost::system::error_code error;
    http::read(socket_, buffer_, parser, error);
    Reply reply = parser.release();
    if (error) reply.result(0u);
    return reply;
  }
  /// Waits until the service hangs up. Returns what came before.
  std::string rest() {
    std::string bytes;
    boost::system::error_code ignored;
    asio::read(socket_, asio::dynamic_buffer(bytes), ignored);
    return bytes;
  }

 private:
  asio::io_context context_;
  asio::generic::stream_protocol::socket socket_{context_};
  boost::beast::flat_buffer buffer_;
};

/// Returns the answer to one request.
template <class Where>
Reply get(const Where& where, std::string_view target, std::string_view fields = {}) {
  return Client(where).send(request(target, fields)).answer();
}

/// The same as members of Boost.Test's messages.
inline std::string field(const Reply& reply, std::string_view name) {
  const auto value = reply[{name.data(), name.size()}];
  return {value.data(), value.size()};
}

}  // namespace perf_timer::test
