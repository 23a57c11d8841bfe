//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/write_operations.hpp>

#include <boost/test/unit_test.hpp>

#include <array>
#include <sstream>
#include <string>

namespace {

BOOST_AUTO_TEST_CASE(write_operations) {
  const std::array operations{
      perf_timer::OperationSnapshot{.object = "timer", .operation = "async_wait", .count = 7},
      perf_timer::OperationSnapshot{.object = "socket", .operation = "async_send", .open = 1}};
  std::ostringstream out;
  perf_timer::write_operations(out, operations, {.most_operations = 1, .steps = true});
  BOOST_TEST(out.str().find("timer.async_wait") != std::string::npos);
  BOOST_TEST(out.str().find("open now: 1 socket.async_send") != std::string::npos);

  std::ostringstream all;
  perf_timer::write_operations(all);
  perf_timer::write_operations(all, {.colour = true});
  BOOST_TEST(all.str().find("perf_timer: ") == 0u);
}

}  // namespace
