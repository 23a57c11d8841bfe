//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "http/client.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/string.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>

namespace perf_timer::test {

namespace asio = boost::asio;
namespace http = boost::beast::http;

std::string Reply::field(std::string_view name) const {
  for (const auto& [its_name, value] : fields_)
    if (boost::beast::iequals({its_name.data(), its_name.size()}, {name.data(), name.size()}))
      return value;
  return {};
}

struct Client::Connection {
  explicit Connection(const asio::generic::stream_protocol::endpoint& to) { socket.connect(to); }

  asio::io_context context;
  asio::generic::stream_protocol::socket socket{context};
  boost::beast::flat_buffer buffer;
};

Client::Client(std::uint16_t port)
    : connection_(std::make_unique<Connection>(
          asio::ip::tcp::endpoint(asio::ip::address_v4::loopback(), port))) {}

Client::Client(const std::string& path)
    : connection_(std::make_unique<Connection>(asio::local::stream_protocol::endpoint(path))) {}

Client::~Client() = default;

Client& Client::send(std::string_view bytes) {
  boost::system::error_code ignored;
  asio::write(connection_->socket, asio::buffer(bytes), ignored);
  return *this;
}

Client& Client::end() {
  boost::system::error_code ignored;
  connection_->socket.shutdown(asio::socket_base::shutdown_send, ignored);
  return *this;
}

Reply Client::answer(bool without_body) {
  http::response_parser<http::string_body> parser;
  parser.body_limit(boost::none);
  parser.skip(without_body);
  boost::system::error_code error;
  http::read(connection_->socket, connection_->buffer, parser, error);
  auto reply = parser.release();
  std::vector<std::pair<std::string, std::string>> fields;
  for (const auto& field : reply)
    fields.emplace_back(std::string(field.name_string()), std::string(field.value()));
  return {error ? 0U : reply.result_int(), std::move(fields), std::move(reply.body())};
}

std::string Client::rest() {
  std::string bytes;
  boost::system::error_code ignored;
  asio::read(connection_->socket, asio::dynamic_buffer(bytes), ignored);
  return bytes;
}

}  // namespace perf_timer::test
