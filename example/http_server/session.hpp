//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <atomic>

namespace http_server {

class Routes;

/// Serves one connection until the client hangs up, is idle for too long or breaks the protocol, or
/// until `stopping` is set. Then it closes the connection.
///
/// Terminal cancellation ends the wait for the next request, and lets a request in progress finish.
boost::asio::awaitable<void> serve(boost::asio::ip::tcp::socket socket, Routes& routes,
                                   const std::atomic<bool>& stopping);

}  // namespace http_server
