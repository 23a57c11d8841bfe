//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// Asio includes perf_timer/tracking.hpp.
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/test/unit_test.hpp>

namespace {

BOOST_AUTO_TEST_CASE(tracking) {
  boost::asio::io_context context;
  bool called = false;
  boost::asio::post(context, [&] { called = true; });
  context.run();
  BOOST_TEST(called);
}

#if !defined(BOOST_ASIO_INHERIT_TRACKED_HANDLER) && !defined(ASIO_INHERIT_TRACKED_HANDLER)
#error "Asio hasn't included perf_timer/tracking.hpp"
#endif

}  // namespace
