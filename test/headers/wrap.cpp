//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/wrap.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/defer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/strand.hpp>
#include <boost/test/unit_test.hpp>

#include <string_view>

namespace {

namespace asio = boost::asio;

BOOST_AUTO_TEST_CASE(wrap) {
  const perf_timer::TimerOptions quiet{.log = [](std::string_view) {}};
  perf_timer::AsioPerfTimer ledger_timer{"ledger", quiet}, all{"all", quiet};
  asio::io_context context;
  const auto ledger = ledger_timer.wrap(asio::make_strand(context));
  const perf_timer::PerfExecutor<asio::io_context::executor_type> plain = all.wrap(context);
  const asio::any_io_executor both = all.wrap(asio::any_io_executor(ledger));
  int ran = 0;
  asio::post(ledger, [&] { ++ran; });
  asio::post(plain, [&] { ++ran; });
  asio::defer(both, [&] { ++ran; });
  context.run();

  BOOST_TEST(ran == 3);
  BOOST_TEST(ledger_timer.snapshot().runs == 2u);
  BOOST_TEST(all.snapshot().runs == 2u);
  BOOST_TEST(all.snapshot().lost == 0u);
}

}  // namespace
