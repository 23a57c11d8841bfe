//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/stack_frame.hpp>

#include <boost/test/unit_test.hpp>

namespace {

BOOST_AUTO_TEST_CASE(stack_frame) {
  const perf_timer::SymbolsFunction symbols = [](auto addresses) {
    return std::vector<perf_timer::StackFrame>{{addresses[0], "main", "main.cpp", 7}};
  };
  const int place = 0;
  const void* const address = &place;
  BOOST_TEST(symbols({&address, 1}).at(0).function == "main");
  BOOST_TEST(symbols({&address, 1}).at(0).address == address);
}

}  // namespace
