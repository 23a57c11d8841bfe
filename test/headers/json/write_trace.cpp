//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/write_trace.hpp>

#include <boost/test/unit_test.hpp>

#include <sstream>

namespace {

BOOST_AUTO_TEST_CASE(write_trace) {
  std::ostringstream out;
  perf_timer::write_trace(out);
  BOOST_TEST(out.str().find("\"traceEvents\"") != std::string::npos);
}

}  // namespace
