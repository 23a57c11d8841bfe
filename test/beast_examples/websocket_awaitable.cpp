//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// Beast's WebSocket server and client as C++20 coroutines, both decorated.
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/websocket.hpp>

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <thread>

#include "beast_examples/hooks.hpp"

namespace websocket_server {
#include <websocket/server/awaitable/websocket_server_awaitable.cpp>
}
namespace websocket_client {
#include <websocket/client/awaitable/websocket_client_awaitable.cpp>
}

namespace perf_timer::test {
namespace {

constexpr int sessions = 10;

BOOST_AUTO_TEST_SUITE(websocket_awaitable)

BOOST_AUTO_TEST_CASE(each_session) {
  in_places_for_sessions([]<class Clock>(World<Clock>& world, auto make) {
    const PrintingComputes printing;
    QuietTimer<Clock> served("served"), around("around"), asked("asked");
    Acceptor acceptor(world.executor());
    const auto serve = [&](asio::ip::tcp::socket socket) {
      const auto executor = socket.get_executor();
      world.spawn_on(executor,
                     [](auto& timer, auto session) -> asio::awaitable<void> {
                       const auto run = timer.measure();
                       compute_on_both(1);
                       try {
                         co_await std::move(session);
                       } catch (const boost::system::system_error&) {
                         // This example reads again after the peer has closed.
                         compute_on_both(2);
                       }
                     }(around, served.decorate(websocket_server::do_session(
                                   websocket_server::stream(std::move(socket))))));
    };
    world.spawn(acceptor.accept(sessions, make, serve));
    world.spawn(noise<Clock>());
    for (int i = 0; i < sessions; ++i)
      world.spawn_on(make(), asked.decorate(websocket_client::do_session(
                                 "127.0.0.1", acceptor.port(), "hello")));
    world.run();
    check_outcomes(served, 0, sessions, 0);
    check_busy(around, sessions * (version_ticks + 3), sessions);
    check_busy(asked, sessions * (version_ticks + print_ticks), sessions);
    BOOST_TEST(around.snapshot().busy.max.count() == version_ticks + 3);
    BOOST_TEST(asked.snapshot().busy.max.count() == version_ticks + print_ticks);
  });
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
