//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// Beast's HTTP server in callbacks on strands (example/http/server/async), on two threads.
#include <boost/asio/dispatch.hpp>
#include <boost/asio/strand.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/version.hpp>
#include <boost/config.hpp>

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "tracked_examples/server_under_test.hpp"

namespace beast_http_server {
#include <http/server/async/http_server_async.cpp>
}

namespace perf_timer::test {
namespace {

BOOST_AUTO_TEST_SUITE(beast_http_server)

BOOST_AUTO_TEST_CASE(each_request_of_connections_that_are_kept) {
  constexpr std::uint64_t clients = 8, requests_of_each = 25;
  const tcp::endpoint endpoint = unused_endpoint();
  std::uint64_t answers = 0;
  asio::io_context context;
  serve_clients(
      [&] {
        std::make_shared<::beast_http_server::listener>(
            context, endpoint, std::make_shared<const std::string>("/nowhere"))
            ->run();
        std::thread other([&] { context.run(); });
        context.run();
        other.join();
        context.restart();
        context.poll();  // what the clients' end has cancelled
      },
      [&] {
        for (std::uint64_t i = 0; i < clients; ++i) {
          BlockingClient client(endpoint);
          for (std::uint64_t k = 0; k < requests_of_each; ++k) {
            client.send("GET /page HTTP/1.1\r\nHost: test\r\n\r\n");
            std::string line;
            while (line != "\r\n") line = client.line();
            answers += client.bytes(sizeof("The resource '/page' was not found.") - 1)
                           .ends_with("not found.");
          }
          client.finish();
          client.rest();
        }
        context.stop();
      });
  BOOST_TEST_REQUIRE(answers == clients * requests_of_each);

  // Beast tells what it calls its operations. What it starts for itself are timers, which end them
  // when they take too long.
  const auto of = [](std::string_view object, std::string_view operation,
                     std::string_view part_of) {
    return counted([&](const OperationSnapshot& o) {
      return o.object == object && o.operation == operation && o.part_of == part_of;
    });
  };
  BOOST_TEST(counted([](const OperationSnapshot& o) {
               return o.operation == "async_accept" &&
                      o.function.find("beast_http_server::listener") != std::string::npos;
             }) == (Counted{.count = clients, .open = 1}));
  // Each reads until its client finishes.
  const std::uint64_t reads = answers + clients;
  BOOST_TEST(of("socket", "async_receive", "http::async_read(msg)") ==
             (Counted{.count = reads, .failed = clients}));
  BOOST_TEST(of("socket", "async_send", "basic_stream::async_write_some") ==
             (Counted{.count = answers}));
  BOOST_TEST(of("deadline_timer", "async_wait", "http::async_read(msg)") ==
             (Counted{.count = reads, .cancelled = reads}));
  BOOST_TEST(of("deadline_timer", "async_wait", "basic_stream::async_write_some") ==
             (Counted{.count = answers, .cancelled = answers}));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
