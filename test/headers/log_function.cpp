//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/log_function.hpp>

#include <boost/test/unit_test.hpp>

#include <string>

namespace {

BOOST_AUTO_TEST_CASE(log_function) {
  std::string logged;
  const perf_timer::LogFunction log = [&](std::string_view line) { logged = line; };
  log("a line");
  BOOST_TEST(logged == "a line");
  BOOST_TEST(!perf_timer::LogFunction{});
}

}  // namespace
