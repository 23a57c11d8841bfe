//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/lag_probe.hpp>

#include <boost/asio/io_context.hpp>
#include <boost/test/unit_test.hpp>

#include <chrono>
#include <string_view>

namespace {

BOOST_AUTO_TEST_CASE(lag_probe) {
  boost::asio::io_context context;
  perf_timer::AsioPerfTimer timer{"lag", {.log = [](std::string_view) {}}};
  const perf_timer::LagProbe probe = perf_timer::lag_probe(context, timer, std::chrono::hours(1));
  BOOST_TEST(context.run() == 0u);
}

}  // namespace
