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

/// All that this server does to be measured: three places, of one line each.
///
/// The rest of the server is the same coroutines on the same types, measured or not: that is
/// what `measured == false` is for, to compare throughput with and without timers.
class Instrumentation {
 public:
  explicit Instrumentation(bool measured) : measured_(measured) {}

  /// A strand for one connection. It carries measurement along and feeds no timer itself, so
  /// that whatever a route does on it, or awaits from it, is charged to the route's run.
  [[nodiscard]] boost::asio::any_io_executor strand(boost::asio::io_context& context) const;

  /// A strand whose every execution is also a run of `timer`: how long it was occupied, and
  /// how long work stood in line for it.
  [[nodiscard]] boost::asio::any_io_executor strand(boost::asio::io_context& context,
                                                    perf_timer::AsioPerfTimer& timer) const;

  /// Makes one run of `timer` of a route's whole handler, over all of its suspensions.
  [[nodiscard]] boost::asio::awaitable<Reply> time(perf_timer::AsioPerfTimer& timer,
                                                   boost::asio::awaitable<Reply> handler) const;

 private:
  bool measured_;
};

}  // namespace http_server
