//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/report_on_signal.hpp>

#include <boost/asio/io_context.hpp>
#include <boost/test/unit_test.hpp>

#include <csignal>
#include <future>
#include <string>
#include <string_view>

namespace {

BOOST_AUTO_TEST_CASE(report_on_signal) {
  std::promise<std::string> report;
  boost::asio::io_context context;
  perf_timer::report_on_signal(context, SIGUSR1,
                               [&](std::string_view text) { report.set_value(std::string(text)); });
  std::raise(SIGUSR1);
  BOOST_TEST(report.get_future().get().find("perf_timer") != std::string::npos);
}

}  // namespace
