//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "instrumentation.hpp"

#include <boost/asio/strand.hpp>

#include <utility>

namespace asio = boost::asio;

namespace http_server {

asio::any_io_executor Instrumentation::strand(asio::io_context& context) const {
  auto strand = asio::make_strand(context);
  if (!measured_) return strand;
  return perf_timer::instrument(std::move(strand));
}

asio::any_io_executor Instrumentation::strand(asio::io_context& context,
                                              perf_timer::AsioPerfTimer& timer) const {
  auto strand = asio::make_strand(context);
  if (!measured_) return strand;
  return timer.wrap(std::move(strand));
}

asio::awaitable<Reply> Instrumentation::time(perf_timer::AsioPerfTimer& timer,
                                             asio::awaitable<Reply> handler) const {
  if (!measured_) return handler;
  return timer.decorate(std::move(handler));
}

}  // namespace http_server
