//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// Beast's HTTP servers with callbacks and with stackless coroutines. Their handlers run on the
// socket's executor. The client's sockets use the plain context, so they belong to no run.
#include <boost/asio/awaitable.hpp>
#include <boost/asio/coroutine.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/strand.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/config.hpp>

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <thread>

#include "beast_examples/hooks.hpp"

namespace http_server_async {
#include <http/server/async/http_server_async.cpp>
}
namespace http_server_stackless {
#include <http/server/stackless/http_server_stackless.cpp>
}
namespace http_client_async {
#include <http/client/async/http_client_async.cpp>
}

namespace perf_timer::test {
namespace {

constexpr int sessions = 10;  // for each target

template <class Session>
void check_server(int version) {
  const Site site;
  in_places_for_sessions([&]<class Clock>(World<Clock>& world, auto make) {
    const PrintingComputes printing;
    QuietTimer<Clock> served("served"), handlers("handlers"), accepted("accepted");
    Acceptor acceptor(world.executor());
    const auto serve = [&](asio::ip::tcp::socket socket) {
      const auto run = accepted.measure();
      compute_on_both(1000);
      start_measured<Session>(served, std::move(socket), site.root());
      compute_on_both(1000);
    };
    const auto make_wrapped = [&] { return asio::any_io_executor(handlers.wrap(make())); };
    world.spawn(acceptor.accept(2 * sessions, make_wrapped, serve));
    world.spawn(noise<Clock>());
    for (int i = 0; i < sessions; ++i)
      for (const auto* const target : targets)
        std::make_shared<http_client_async::session>(world.context())
            ->run("127.0.0.1", acceptor.port(), target, version);
    world.run();
    BOOST_TEST_CONTEXT("HTTP version " << version) {
      check_busy(served, 2 * sessions * version_ticks, 2 * sessions);
      BOOST_TEST(served.snapshot().busy.max.count() == version_ticks);
      check_busy(accepted, 2 * sessions * 2000, 2 * sessions);
      check_busy(handlers, 2 * sessions * version_ticks, handlers.snapshot().runs);
      BOOST_TEST(handlers.snapshot().runs >= 2u * sessions * 3);  // start, read, write
    }
  });
}

BOOST_AUTO_TEST_SUITE(http_callbacks)

BOOST_AUTO_TEST_CASE(sessions_of_the_callback_server) {
  check_server<http_server_async::session>(10);
  check_server<http_server_async::session>(11);
}

BOOST_AUTO_TEST_CASE(sessions_of_the_stackless_server) {
  check_server<http_server_stackless::session>(10);
  check_server<http_server_stackless::session>(11);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
