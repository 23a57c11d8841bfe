//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/instrument.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/test/unit_test.hpp>

namespace {

namespace asio = boost::asio;

asio::awaitable<void> client(int& ended) {
  co_await asio::post(asio::use_awaitable);
  ++ended;
}

BOOST_AUTO_TEST_CASE(instrument) {
  asio::io_context context;
  int ended = 0;
  asio::co_spawn(perf_timer::instrument(context), client(ended), asio::detached);
  asio::co_spawn(perf_timer::instrument(asio::make_strand(context)), client(ended), asio::detached);
  const asio::any_io_executor erased = perf_timer::instrument(context.get_executor());
  asio::co_spawn(perf_timer::instrument(erased), client(ended), asio::detached);
  asio::post(perf_timer::instrument<std::chrono::system_clock>(context), [&] { ++ended; });
  context.run();
  BOOST_TEST(ended == 4);
}

}  // namespace
