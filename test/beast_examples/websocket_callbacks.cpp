//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// Beast's WebSocket server with callbacks. Its handlers run on the socket's executor. The client's
// sockets use the plain context, so they belong to no run.
#include <boost/asio/dispatch.hpp>
#include <boost/asio/strand.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/websocket.hpp>

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <thread>

#include "beast_examples/hooks.hpp"

namespace async_websocket_server {
#include <websocket/server/async/websocket_server_async.cpp>
}
namespace async_websocket_client {
#include <websocket/client/async/websocket_client_async.cpp>
}

namespace perf_timer::test {
namespace {

constexpr int sessions = 10;

BOOST_AUTO_TEST_SUITE(websocket_callbacks)

BOOST_AUTO_TEST_CASE(each_session) {
  in_places_for_sessions([]<class Clock>(World<Clock>& world, auto make) {
    const PrintingComputes printing;
    QuietTimer<Clock> served("served"), handlers("handlers"), accepted("accepted");
    Acceptor acceptor(world.executor());
    const auto serve = [&](asio::ip::tcp::socket socket) {
      const auto run = accepted.measure();
      compute_on_both(1000);
      start_measured<async_websocket_server::session>(served, std::move(socket));
      compute_on_both(1000);
    };
    const auto make_wrapped = [&] { return asio::any_io_executor(handlers.wrap(make())); };
    world.spawn(acceptor.accept(sessions, make_wrapped, serve));
    world.spawn(noise<Clock>());
    for (int i = 0; i < sessions; ++i)
      std::make_shared<async_websocket_client::session>(world.context())
          ->run("127.0.0.1", acceptor.port(), "hello");
    world.run();
    check_busy(served, sessions * version_ticks, sessions);
    BOOST_TEST(served.snapshot().busy.max.count() == version_ticks);
    check_busy(accepted, sessions * 2000, sessions);
    check_busy(handlers, sessions * version_ticks, handlers.snapshot().runs);
    BOOST_TEST(handlers.snapshot().runs >= 4u * sessions);  // start, accept, read, write
  });
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
