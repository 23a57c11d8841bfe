//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

void foreign(boost::asio::io_context& context) {
  boost::asio::post(context, [] {});
}
