//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace http_server {

/// Asks another server, and keeps the connections for later questions.
///
/// Thread safety: `ask` may be called from any connection at any time.
class Upstream {
 public:
  Upstream(boost::asio::io_context& context, boost::asio::ip::tcp::endpoint server);

  /// Sends one line and returns the line that answers it. Throws `boost::system::system_error` if
  /// the server can't be reached or hangs up.
  [[nodiscard]] boost::asio::awaitable<std::string> ask(std::string question);

 private:
  using Socket = boost::asio::ip::tcp::socket;

  [[nodiscard]] std::optional<Socket> take_idle();
  [[nodiscard]] boost::asio::awaitable<Socket> connect();
  void keep(Socket socket);

  boost::asio::io_context& context_;
  boost::asio::ip::tcp::endpoint server_;
  std::mutex mutex_;
  std::vector<Socket> idle_;  ///< guarded by `mutex_`
};

}  // namespace http_server
