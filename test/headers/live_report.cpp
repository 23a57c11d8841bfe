//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/live_report.hpp>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/test/unit_test.hpp>

#include <stdexcept>
#include <string_view>

#include "common/error_code.hpp"

namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;

BOOST_AUTO_TEST_CASE(live_report) {
  asio::io_context context;
  auto work = asio::make_work_guard(context);
  asio::cancellation_signal stop;
  int reports = 0;
  asio::error_code end;
  perf_timer::LiveReportOptions options{.every = 1ns};
  options.sink = [&](const perf_timer::Interval& interval) {
    BOOST_TEST((interval.begin <= interval.end));
    ++reports;
    stop.emit(asio::cancellation_type::terminal);
  };
  perf_timer::live_report(context, options,
                          asio::bind_cancellation_slot(stop.slot(), [&](asio::error_code e) {
                            end = e;
                            work.reset();
                          }));
  context.run();
  BOOST_TEST(reports >= 1);
  BOOST_TEST((end == asio::error::operation_aborted));
}

BOOST_AUTO_TEST_CASE(a_live_report_is_no_work) {
  asio::io_context context;
  perf_timer::live_report(context.get_executor(), {.every = 1h, .log = [](std::string_view) {}});
  BOOST_TEST(context.run() == 0u);
  BOOST_CHECK_THROW(perf_timer::live_report(context, {.every = 0s}), std::invalid_argument);
}

}  // namespace
