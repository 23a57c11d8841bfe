//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <thread>

namespace http_server {

/// Stands for the database or the service that a real server asks. It answers each line with a
/// line, some 5 ms later. It listens on loopback, runs on a thread of its own until it is
/// destroyed, and isn't measured.
class UpstreamServer {
 public:
  UpstreamServer();
  ~UpstreamServer();

  [[nodiscard]] boost::asio::ip::tcp::endpoint endpoint() const {
    return acceptor_.local_endpoint();
  }

 private:
  boost::asio::io_context context_{1};
  boost::asio::ip::tcp::acceptor acceptor_;
  std::jthread thread_;
};

}  // namespace http_server
