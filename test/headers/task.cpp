//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/task.hpp>

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

asio::awaitable<void> consumer(int& ended) {
  co_await asio::post(asio::use_awaitable);
  ++ended;
}

BOOST_AUTO_TEST_CASE(task) {
  asio::io_context context;
  int ended = 0;
  const auto one = perf_timer::task(context), other = perf_timer::task(context);
  BOOST_TEST((one == other));  // the same place
  asio::co_spawn(one, consumer(ended), asio::detached);
  asio::co_spawn(perf_timer::task(asio::make_strand(context)), consumer(ended), asio::detached);
  asio::post(perf_timer::task<std::chrono::system_clock>(context), [&] { ++ended; });
  context.run();
  BOOST_TEST(ended == 3);
}

}  // namespace
