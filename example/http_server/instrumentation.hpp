//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include "reply.hpp"

#include <perf_timer.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>

namespace http_server {

/// Everything that this server does to be measured: three functions of one line each.
///
/// The rest of the server is the same whether it is measured or not. `measured == false` compares
/// the throughput without timers.
class Instrumentation {
 public:
  explicit Instrumentation(bool measured) : measured_(measured) {}

  /// Returns a strand for one connection. It carries measurement along and feeds no timer itself.
  /// So what a route does on it, or awaits from it, is charged to the route's run.
  [[nodiscard]] boost::asio::any_io_executor strand(boost::asio::io_context& context) const;

  /// Returns a strand that records each function it runs in `timer`: how long the strand was
  /// occupied, and how long work waited for it.
  [[nodiscard]] boost::asio::any_io_executor strand(boost::asio::io_context& context,
                                                    perf_timer::AsioPerfTimer& timer) const;

  /// Records a route's whole handler as one run of `timer`, over all of its suspensions.
  [[nodiscard]] boost::asio::awaitable<Reply> time(perf_timer::AsioPerfTimer& timer,
                                                   boost::asio::awaitable<Reply> handler) const;

 private:
  bool measured_;
};

}  // namespace http_server
