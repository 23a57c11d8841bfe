//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "session.hpp"

#include "reply.hpp"
#include "routes.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/cancellation_state.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <iostream>
#include <string>
#include <utility>

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;

namespace http_server {
namespace {

using Request = http::request<http::empty_body>;
using Response = http::response<http::string_body>;

constexpr auto idle_limit =
    std::chrono::seconds{10};  // for a whole request, however slowly it comes
constexpr std::uint32_t header_limit = 8 * 1024;
constexpr auto drain_limit = std::chrono::seconds{1};
constexpr std::size_t drain_bytes = 256 * 1024;
constexpr auto no_throw = asio::as_tuple(asio::use_awaitable);

bool is_served(http::verb method) {
  return method == http::verb::get || method == http::verb::head;
}

asio::awaitable<Reply> answer(Routes& routes, const Request& request, bool has_body) {
  if (!is_served(request.method())) {
    co_return Reply{.body = "only GET and HEAD are served\n", .status = 405};
  }
  if (has_body) co_return Reply{.body = "request bodies are not accepted\n", .status = 413};
  try {
    const auto target = request.target();
    co_return co_await routes.answer({target.data(), target.size()});
  } catch (const std::exception& error) {
    std::cerr << request.method_string() << ' ' << request.target() << ": " << error.what() << '\n';
    co_return Reply{.body = "the request failed\n", .status = 500};
  }
}

Response to_response(Reply reply, unsigned version, bool keep_alive) {
  Response response{static_cast<http::status>(reply.status), version};
  response.set(http::field::content_type, reply.type);
  if (reply.status == 405) response.set(http::field::allow, "GET, HEAD");
  response.set("X-Content-Type-Options", "nosniff");
  response.keep_alive(keep_alive);
  response.body() = std::move(reply.body);
  response.prepare_payload();
  return response;
}

Reply refusal(const beast::error_code& error) {
  const bool too_large = error == http::error::header_limit;
  return {.body = error.message() + "\n", .status = too_large ? 431U : 400U};
}

/// Writes the response, or all of it but the body.
asio::awaitable<beast::error_code> write(beast::tcp_stream& stream, Response response,
                                         bool header_only) {
  stream.expires_after(idle_limit);
  http::response_serializer<http::string_body> serializer{response};
  if (header_only) {
    const auto [error, written] = co_await http::async_write_header(stream, serializer, no_throw);
    co_return error;
  }
  const auto [error, written] = co_await http::async_write(stream, serializer, no_throw);
  co_return error;
}

/// Reads what the client still sends, within limits. If the connection were closed before that, the
/// client could lose the response that is on its way.
asio::awaitable<void> drain(beast::tcp_stream& stream) {
  std::array<char, 4096> bytes{};
  stream.expires_after(drain_limit);
  for (std::size_t total = 0; total < drain_bytes;) {
    const auto [error, n] = co_await stream.async_read_some(asio::buffer(bytes), no_throw);
    if (error) break;
    total += n;
  }
}

/// Returns whether the client's bytes caused the error, so that the client should be told.
bool is_protocol_error(const beast::error_code& error) {
  return error.category() == http::make_error_code(http::error::bad_method).category() &&
         error != http::error::end_of_stream && error != http::error::partial_message;
}

}  // namespace

asio::awaitable<void> serve(asio::ip::tcp::socket socket, Routes& routes,
                            const std::atomic<bool>& stopping) {
  beast::tcp_stream stream{std::move(socket)};
  beast::flat_buffer buffer;
  bool drains = false;
  for (bool keep_alive = true; keep_alive && !stopping;) {
    http::request_parser<http::empty_body> parser;
    parser.header_limit(header_limit);
    parser.body_limit(boost::none);  // no body is read, whatever its announced length: see below
    stream.expires_after(idle_limit);
    const auto [read_error, read] =
        co_await http::async_read_header(stream, buffer, parser, no_throw);
    if (read_error && !is_protocol_error(read_error)) break;

    co_await asio::this_coro::reset_cancellation_state(asio::disable_cancellation());
    // The body isn't read, so the connection can't serve another request.
    const bool has_body = !read_error && !parser.is_done();
    Reply reply = refusal(read_error);
    if (!read_error) reply = co_await answer(routes, parser.get(), has_body);
    drains = read_error || has_body;
    keep_alive = !drains && parser.keep_alive() && !stopping;
    const bool header_only = parser.get().method() == http::verb::head;
    const auto write_error = co_await write(
        stream, to_response(std::move(reply), parser.get().version(), keep_alive), header_only);
    if (write_error) co_return;
    co_await asio::this_coro::reset_cancellation_state(asio::enable_terminal_cancellation());
  }
  beast::error_code ignored;
  stream.socket().shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
  if (drains && !stopping) co_await drain(stream);
}

}  // namespace http_server
