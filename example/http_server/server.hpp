//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/strand.hpp>

#include <atomic>
#include <memory>
#include <unordered_set>
#include <utility>

namespace http_server {

class Instrumentation;
class Routes;

/// Accepts connections, gives each a strand and a coroutine, and ends them all in `stop`.
///
/// Lifetime: must outlive the context's `run()`.
class Server {
 public:
  /// Listens on `endpoint`, on a free port if its port is 0, and serves once the context runs.
  /// Throws `boost::system::system_error` if it can't listen there.
  Server(boost::asio::io_context& context, const Instrumentation& instrumentation, Routes& routes,
         boost::asio::ip::tcp::endpoint endpoint);

  [[nodiscard]] boost::asio::ip::tcp::endpoint endpoint() const {
    return acceptor_.local_endpoint();
  }

  /// Accepts no more connections, hangs up on idle clients, and lets requests in progress finish.
  /// Then the context's `run()` returns. Callable from any thread.
  void stop();

 private:
  struct Connection {
    explicit Connection(boost::asio::any_io_executor executor) : strand(std::move(executor)) {}

    boost::asio::any_io_executor strand;
    boost::asio::cancellation_signal stop;  ///< only used on `strand`
  };

  boost::asio::awaitable<void> accept();
  void start(boost::asio::ip::tcp::socket socket);

  boost::asio::io_context& context_;
  const Instrumentation& instrumentation_;
  Routes& routes_;
  boost::asio::strand<boost::asio::io_context::executor_type> strand_;
  boost::asio::ip::tcp::acceptor acceptor_;                      ///< only used on `strand_`
  std::unordered_set<std::shared_ptr<Connection>> connections_;  ///< only used on `strand_`
  std::atomic<bool> stopping_{false};
};

}  // namespace http_server
