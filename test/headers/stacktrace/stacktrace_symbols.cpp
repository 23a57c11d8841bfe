//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/stacktrace_symbols.hpp>

#include <boost/test/unit_test.hpp>

#include <array>

namespace {

void function_to_be_found() {}

BOOST_AUTO_TEST_CASE(stacktrace_symbols) {
  const std::array<const void*, 2> addresses{reinterpret_cast<const void*>(&function_to_be_found),
                                             nullptr};
  const auto frames = perf_timer::stacktrace_symbols(addresses);
  BOOST_REQUIRE(frames.size() == 2u);
  BOOST_TEST(frames[0].address == addresses[0]);
  BOOST_TEST(frames[0].function.find("function_to_be_found") != std::string::npos);
  BOOST_TEST(frames[1].function == "0x0");
}

}  // namespace
