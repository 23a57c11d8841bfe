//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// Asio's HTTP server in callbacks (example/cpp11/http/server), with its own main().
#include <boost/asio.hpp>

#include <array>
#include <csignal>
#include <memory>
#include <set>
#include <sstream>
#include <string>
#include <tuple>
#include <vector>

#include "tracked_examples/server_under_test.hpp"

#include <cpp11/http/server/connection.cpp>
#include <cpp11/http/server/connection_manager.cpp>
#include <cpp11/http/server/mime_types.cpp>
#include <cpp11/http/server/reply.cpp>
#include <cpp11/http/server/request_handler.cpp>
#include <cpp11/http/server/request_parser.cpp>
#include <cpp11/http/server/server.cpp>

namespace http_server {
#include <cpp11/http/server/main.cpp>
}

namespace perf_timer::test {
namespace {

BOOST_AUTO_TEST_SUITE(http_server)

BOOST_AUTO_TEST_CASE(each_connection_each_request_and_each_answer) {
  constexpr std::uint64_t missing = 30, bad = 10, silent_ones = 5;
  const tcp::endpoint endpoint = unused_endpoint();
  std::string program = "http_server", address = "127.0.0.1", root = "/nowhere",
              port = std::to_string(endpoint.port());
  char* arguments[] = {program.data(), address.data(), port.data(), root.data(), nullptr};

  std::uint64_t not_found = 0, refused = 0;
  serve_clients([&] { ::http_server::main(4, arguments); },
                [&] {
                  const auto ask = [&](const char* request) {
                    BlockingClient client(endpoint);
                    client.send(request);
                    client.finish();
                    return client.rest();
                  };
                  for (std::uint64_t i = 0; i < missing; ++i)
                    not_found += ask("GET /page HTTP/1.0\r\n\r\n").starts_with("HTTP/1.0 404");
                  for (std::uint64_t i = 0; i < bad; ++i)
                    refused += ask("this is no request\r\n").starts_with("HTTP/1.0 400");
                  for (std::uint64_t i = 0; i < silent_ones; ++i) ask("");
                  std::raise(SIGTERM);  // which is how this server is stopped
                });
  BOOST_TEST_REQUIRE(not_found == missing);
  BOOST_TEST_REQUIRE(refused == bad);

  // The handlers are lambdas of these functions. So much of their names is known with any compiler.
  const auto of = [](std::string_view operation, std::string_view function) {
    return counted([&](const OperationSnapshot& o) {
      return o.operation == operation && o.function.find(function) != std::string::npos;
    });
  };
  BOOST_TEST(of("async_accept", "do_accept") ==
             (Counted{.count = missing + bad + silent_ones + 1, .cancelled = 1}));
  BOOST_TEST(of("async_receive", "connection::do_read") ==
             (Counted{.count = missing + bad + silent_ones, .failed = silent_ones}));
  BOOST_TEST(of("async_send", "connection::do_write") == (Counted{.count = missing + bad}));
  BOOST_TEST(of("async_wait", "do_await_stop") == (Counted{.count = 1}));
  BOOST_TEST(counted([](const OperationSnapshot& o) {
               return o.operation == "async_send" && o.part_of != "async_write" &&
                      o.function.find("connection::do_write") != std::string::npos;
             }) == Counted{});
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
