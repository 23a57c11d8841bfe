//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/report_on_signal.hpp>

#include <boost/asio/io_context.hpp>
#include <boost/test/unit_test.hpp>

#include <csignal>

#include "common/child_process.hpp"
#include "common/error_code.hpp"
#include "common/hangs_after.hpp"

namespace perf_timer::test {
namespace {

namespace asio = boost::asio;

BOOST_AUTO_TEST_SUITE(report_on_signal_in_a_child, *hangs_after(60))

BOOST_AUTO_TEST_CASE(standard_output_and_then_the_signal_as_it_was) {
  const auto [output, status] = run_child([] {
    std::signal(SIGUSR1, SIG_DFL);
    {
      asio::io_context context;
      report_on_signal(context, SIGUSR1);
    }
    std::raise(SIGUSR1);
  });
  BOOST_TEST(WIFSIGNALED(status));
  BOOST_TEST(WTERMSIG(status) == SIGUSR1);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
