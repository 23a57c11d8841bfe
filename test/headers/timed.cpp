//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/timed.hpp>

#include <boost/asio/async_result.hpp>
#include <boost/test/unit_test.hpp>

#include <string_view>
#include <utility>

namespace {

BOOST_AUTO_TEST_CASE(timed) {
  perf_timer::AsioPerfTimer timer("timer", {.log = [](std::string_view) {}});
  int seen = 0;
  const auto at_once = [](auto&& handler) { std::move(handler)(7); };
  auto token = perf_timer::timed(timer, [&seen](int n) { seen = n; });
  boost::asio::async_initiate<decltype(token), void(int)>(at_once, token);
  BOOST_TEST(seen == 7);
  BOOST_TEST(timer.snapshot().runs == 1u);
}

}  // namespace
