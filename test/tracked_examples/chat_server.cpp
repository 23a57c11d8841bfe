//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// Asio's chat server as C++20 coroutines (example/cpp20/coroutines), with its own main().
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <csignal>
#include <cstdlib>
#include <deque>
#include <iostream>
#include <list>
#include <memory>
#include <set>
#include <utility>

#include "tracked_examples/server_under_test.hpp"

namespace chat {
#include <cpp20/coroutines/chat_server.cpp>
}

namespace perf_timer::test {
namespace {

BOOST_AUTO_TEST_SUITE(chat_server)

BOOST_AUTO_TEST_CASE(each_line_that_somebody_reads_and_each_that_is_written) {
  constexpr std::uint64_t participants = 5, lines_of_each = 20;
  const tcp::endpoint endpoint = unused_endpoint();
  std::string program = "chat_server", port = std::to_string(endpoint.port());
  char* arguments[] = {program.data(), port.data(), nullptr};

  std::uint64_t sent = 0, received = 0, history = 0;
  serve_clients([&] { chat::main(2, arguments); },
                [&] {
                  std::deque<BlockingClient> clients;
                  const auto say = [&](BlockingClient& who) {
                    who.send("a line\n");
                    ++sent;
                    for (BlockingClient& client : clients) {
                      if (client.line() != "a line\n") std::abort();
                      ++received;
                    }
                  };
                  for (std::uint64_t i = 0; i < participants; ++i) {
                    BlockingClient& client = clients.emplace_back(endpoint);
                    // What was said before is told to who joins.
                    for (std::uint64_t k = 0; k < i; ++k, ++history)
                      static_cast<void>(client.line());
                    say(client);
                  }
                  for (std::uint64_t i = 0; i < lines_of_each; ++i)
                    for (BlockingClient& client : clients) say(client);
                  for (BlockingClient& client : clients) {
                    client.finish();
                    static_cast<void>(client.rest());
                  }
                  std::raise(SIGTERM);  // which is how this server is stopped
                });

  constexpr std::string_view example = "cpp20/coroutines/chat_server.cpp";
  const std::string path = [&] {
    for (const OperationSnapshot& operation : operations())
      if (operation.file.ends_with(example)) return operation.file;
    return std::string();
  }();
  // The last accept was never answered. A reader reads until its client finishes. Of a co_await of
  // several lines, g++ names the last one.
  BOOST_TEST(at(example, line_of(path, "co_await acceptor.async_accept"), "async_accept") ==
             (Counted{.count = participants, .dropped = 1}));
  BOOST_TEST(
      at(example, line_of(path, "boost::asio::dynamic_buffer(read_msg, 1024)"), "async_receive") ==
      (Counted{.count = sent + participants, .failed = participants}));
  BOOST_TEST(at(example, line_of(path, "boost::asio::buffer(write_msgs_.front())"), "async_send") ==
             (Counted{.count = received + history}));
  // The writer waits for the next line, until it is told by cancelling.
  BOOST_TEST(at(example, line_of(path, "co_await timer_.async_wait"), "async_wait") ==
             (Counted{.count = received + participants, .cancelled = received + participants}));
  // Nothing else has a place there.
  BOOST_TEST(counted([&](const auto& o) { return o.file.ends_with(example); }).count ==
             participants + sent + participants + 2 * received + history + participants);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
