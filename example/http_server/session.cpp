//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "session.hpp"

#include "reply.hpp"
#include "routes.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/cancellation_state.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>

#include <chrono>
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

constexpr auto idle_limit = std::chrono::seconds{10};
constexpr auto no_throw = asio::as_tuple(asio::use_awaitable);

asio::awaitable<Reply> answer(Routes& routes, const Request& request) {
  if (request.method() != http::verb::get) {
    co_return Reply{.body = "only GET is served\n", .status = 405};
  }
  try {
    const auto target = request.target();
    co_return co_await routes.answer({target.data(), target.size()});
  } catch (const std::exception& error) {
    std::cerr << "GET " << request.target() << ": " << error.what() << '\n';
    co_return Reply{.body = "the request failed\n", .status = 500};
  }
}

Response to_response(Reply reply, unsigned version, bool keep_alive) {
  Response response{static_cast<http::status>(reply.status), version};
  response.set(http::field::content_type, reply.type);
  if (reply.status == 405) response.set(http::field::allow, "GET");
  response.keep_alive(keep_alive);
  response.body() = std::move(reply.body);
  response.prepare_payload();
  return response;
}

/// Whether an error came from the client's bytes, so that it deserves to be told.
bool is_protocol_error(const beast::error_code& error) {
  return error.category() == http::make_error_code(http::error::bad_method).category() &&
         error != http::error::end_of_stream && error != http::error::partial_message;
}

}  // namespace

asio::awaitable<void> serve(asio::ip::tcp::socket socket, Routes& routes,
                            const std::atomic<bool>& stopping) {
  beast::tcp_stream stream{std::move(socket)};
  beast::flat_buffer buffer;
  for (bool keep_alive = true; keep_alive && !stopping;) {
    http::request_parser<http::empty_body> parser;
    stream.expires_after(idle_limit);
    const auto [read_error, read] = co_await http::async_read(stream, buffer, parser, no_throw);
    if (read_error && !is_protocol_error(read_error)) break;

    co_await asio::this_coro::reset_cancellation_state(asio::disable_cancellation());
    Reply reply{.body = read_error.message() + "\n", .status = 400};
    if (!read_error) reply = co_await answer(routes, parser.get());
    keep_alive = !read_error && parser.keep_alive() && !stopping;
    const auto response = to_response(std::move(reply), parser.get().version(), keep_alive);
    stream.expires_after(idle_limit);
    const auto [write_error, written] = co_await http::async_write(stream, response, no_throw);
    if (write_error) break;
    co_await asio::this_coro::reset_cancellation_state(asio::enable_terminal_cancellation());
  }
  beast::error_code ignored;
  stream.socket().shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
}

}  // namespace http_server
