//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// Beast's HTTP server and client as C++20 coroutines, both decorated.
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/config.hpp>

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <thread>

#include "beast_examples/hooks.hpp"

namespace http_server {
#include <http/server/awaitable/http_server_awaitable.cpp>
}
namespace http_client {
#include <http/client/awaitable/http_client_awaitable.cpp>
}

namespace perf_timer::test {
namespace {

constexpr int sessions = 10;  // for each target

BOOST_AUTO_TEST_SUITE(http_awaitable)

BOOST_AUTO_TEST_CASE(each_session_and_each_request) {
  const Site site;
  in_places_for_sessions([&]<class Clock>(World<Clock>& world, auto make) {
    const PrintingComputes printing;
    QuietTimer<Clock> served("served"), asked("asked"), around("around");
    Acceptor acceptor(world.executor());
    const auto serve = [&](asio::ip::tcp::socket socket) {
      const auto executor = socket.get_executor();
      // HTTP/1.0, because this example doesn't end a session that is kept alive.
      world.spawn_on(executor, served.decorate(http_server::do_session(
                                   http_server::tcp_stream(std::move(socket)), site.root())));
    };
    const auto ask = [&](const char* target) -> asio::awaitable<void> {
      const auto run = around.measure();
      compute_on_both(1);
      co_await asked.decorate(http_client::do_session("127.0.0.1", acceptor.port(), target, 10));
      compute_on_both(2);
    };
    world.spawn(acceptor.accept(2 * sessions, make, serve));
    world.spawn(noise<Clock>());
    for (int i = 0; i < sessions; ++i)
      for (const auto* const target : targets) world.spawn_on(make(), ask(target));
    world.run();
    check_busy(served, 2 * sessions * version_ticks, 2 * sessions);
    check_busy(asked, 2 * sessions * (version_ticks + print_ticks), 2 * sessions);
    check_busy(around, 2 * sessions * (version_ticks + print_ticks + 3), 2 * sessions);
    BOOST_TEST(served.snapshot().busy.max.count() == version_ticks);
    BOOST_TEST(asked.snapshot().busy.max.count() == version_ticks + print_ticks);
  });
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
