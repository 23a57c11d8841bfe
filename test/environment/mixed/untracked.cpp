//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/instrument.hpp>

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

void untracked(boost::asio::io_context& context) {
  boost::asio::post(perf_timer::instrument(context), [] {});
}
