//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include "instrumentation.hpp"
#include "ledger.hpp"
#include "reply.hpp"
#include "thumbnail.hpp"
#include "upstream.hpp"
#include "visits.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <string_view>

namespace http_server {

/// The routes: one handler and one timer for each path.
///
/// Thread safety: `answer` may be called from any connection at any time.
class Routes {
 public:
  Routes(boost::asio::io_context& context, const Instrumentation& instrumentation,
         boost::asio::ip::tcp::endpoint upstream);

  /// Answers one GET or HEAD request. Throws what its handler throws, for example if the upstream
  /// server can't be reached. Precondition: `target` lives until the answer is ready.
  [[nodiscard]] boost::asio::awaitable<Reply> answer(std::string_view target);

 private:
  Instrumentation instrumentation_;
  Picture picture_;
  Upstream upstream_;
  Ledger ledger_;
  Visits visits_;
};

}  // namespace http_server
