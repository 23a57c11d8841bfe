//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// Asio's HTTP server in callbacks (example/cpp11/http/server). It answers requests, refuses bad
// ones, and sees clients go. Clients are on the plain context of the same thread, so they belong to
// no run.
#include <boost/asio.hpp>

#include "callback_servers/measured.hpp"

#include <http/server/connection.cpp>
#include <http/server/connection_manager.cpp>
#include <http/server/mime_types.cpp>
#include <http/server/reply.cpp>
#include <http/server/request_handler.cpp>
#include <http/server/request_parser.cpp>
#include <http/server/server.cpp>

#include <csignal>
#include <memory>
#include <string>

namespace perf_timer::test {
namespace {

/// Sends a request in two pieces, and reads until the server closes. Each handler computes.
class Client : public std::enable_shared_from_this<Client> {
 public:
  Client(asio::io_context& context, std::string request)
      : socket_(context), request_(std::move(request)) {}

  void start(const tcp::endpoint& server) {
    socket_.async_connect(server, [self = shared_from_this()](error_code) { self->send(0); });
  }

  /// The first line of the answer.
  std::string status;

 private:
  void send(std::size_t from) {
    ManualClock::advance(7);
    if (from == request_.size()) return receive();
    const std::size_t to = from == 0 ? request_.size() / 2 : request_.size();
    asio::async_write(socket_, asio::buffer(request_.data() + from, to - from),
                      [self = shared_from_this(), to](error_code, std::size_t) { self->send(to); });
  }
  void receive() {
    if (request_.empty()) return socket_.close();  // goes without a request
    asio::async_read(socket_, asio::dynamic_buffer(answer_),
                     [self = shared_from_this()](error_code, std::size_t) {
                       ManualClock::advance(7);
                       self->status = self->answer_.substr(0, self->answer_.find('\r'));
                     });
  }

  tcp::socket socket_;
  const std::string request_;
  std::string answer_;
};

BOOST_AUTO_TEST_SUITE(http_server)

BOOST_AUTO_TEST_CASE(each_connection_and_each_accept) {
  std::vector<std::string> requests;
  std::vector<std::string> statuses;
  for (int i = 0; i < 10; ++i) {
    requests.push_back("GET /" + std::string(static_cast<std::size_t>(i), 'x') +
                       " HTTP/1.0\r\nAccept: *\r\n\r\n");
    statuses.emplace_back("HTTP/1.0 404 Not Found");
  }
  requests.emplace_back("this is no request");
  statuses.emplace_back("HTTP/1.0 400 Bad Request");
  requests.emplace_back();
  statuses.emplace_back();

  Books books(requests.size());
  std::vector<std::shared_ptr<Client>> clients;
  books.listening = [&](asio::io_context& context, const tcp::endpoint& endpoint) {
    for (const std::string& request : requests)
      clients.emplace_back(std::make_shared<Client>(context, request))->start(endpoint);
  };
  books.all_ended = [] { std::raise(SIGTERM); };  // which is how this server is stopped
  http::server::server server("127.0.0.1", "0", "/nowhere");
  server.run();

  for (std::size_t i = 0; i < clients.size(); ++i) BOOST_TEST(clients[i]->status == statuses[i]);
  clients.clear();  // their sockets are of the server's context
  BOOST_TEST(std::ranges::count_if(books.busy, [](Ticks busy) { return busy > 1000; }) == 10);
  BOOST_TEST(books.accepted.size() == requests.size() + 1);  // the last one is told to stop
  books.check();
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
