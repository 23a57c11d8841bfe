//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// Real sockets on loopback: computing for a request counts, waiting doesn't.
#include "common/quiet_timer.hpp"
#include "common/world.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>

#include <array>

namespace perf_timer::test {
namespace {

using asio::ip::tcp;

constexpr int requests = 25;

BOOST_AUTO_TEST_SUITE(sockets)

BOOST_AUTO_TEST_CASE(an_echo_server_and_its_client) {
  in_every_place([]<class Clock>(World<Clock>& world) {
    QuietTimer<Clock> served("served"), asked("asked");
    tcp::acceptor acceptor(world.executor(), {asio::ip::address_v4::loopback(), 0});

    const auto server = [&]() -> asio::awaitable<void> {
      auto socket = co_await acceptor.async_accept(asio::use_awaitable);
      std::array<char, 8> message;
      for (int i = 0; i < requests; ++i) {
        co_await asio::async_read(socket, asio::buffer(message), asio::use_awaitable);
        const auto run = served.measure();
        compute<Clock>(3);
        co_await asio::async_write(socket, asio::buffer(message), asio::use_awaitable);
        compute<Clock>(4);
      }
    };
    const auto client = [&]() -> asio::awaitable<void> {
      tcp::socket socket(co_await asio::this_coro::executor);
      co_await socket.async_connect(acceptor.local_endpoint(), asio::use_awaitable);
      std::array<char, 8> message{};
      for (int i = 0; i < requests; ++i) {
        const auto run = asked.measure();
        compute<Clock>(1);
        co_await asio::async_write(socket, asio::buffer(message), asio::use_awaitable);
        co_await asio::async_read(socket, asio::buffer(message), asio::use_awaitable);
        compute<Clock>(1);
      }
    };
    world.spawn(server());
    world.spawn(noise<Clock>());
    world.run(client());
    check_busy(served, 7 * requests, requests);
    check_busy(asked, 2 * requests, requests);
    BOOST_TEST(served.snapshot().busy.max.count() == 7);
    BOOST_TEST(asked.snapshot().busy.max.count() == 2);
  });
}

BOOST_AUTO_TEST_CASE(sockets_made_from_the_plain_context) {
  // The coroutine's own executor carries the run. The socket's doesn't matter.
  for (const Place place : single_threaded) {
    World<ManualClock> world(place);
    QuietTimer<ManualClock> served("served"), asked("asked");
    tcp::acceptor acceptor(world.context(), {asio::ip::address_v4::loopback(), 0});
    tcp::socket client_socket(world.context());
    const auto server = [&]() -> asio::awaitable<void> {
      const auto run = served.measure();
      auto socket = co_await acceptor.async_accept(asio::use_awaitable);
      compute<ManualClock>(2);
      char byte = 0;
      co_await socket.async_read_some(asio::buffer(&byte, 1), asio::use_awaitable);
      compute<ManualClock>(3);
    };
    const auto client = [&]() -> asio::awaitable<void> {
      const auto run = asked.measure();
      co_await client_socket.async_connect(acceptor.local_endpoint(), asio::use_awaitable);
      compute<ManualClock>(5);
      const auto [error, size] = co_await client_socket.async_write_some(
          asio::buffer("x", 1), asio::as_tuple(asio::use_awaitable));
      compute<ManualClock>(error ? 1000 : static_cast<int>(size));
    };
    world.spawn(server());
    world.spawn(noise<ManualClock>());
    world.run(client());
    check_busy(served, 5);
    check_busy(asked, 6);
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
