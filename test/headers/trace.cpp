//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/trace.hpp>

#include <boost/test/unit_test.hpp>

#include <stdexcept>

namespace {

BOOST_AUTO_TEST_CASE(trace) {
  BOOST_TEST(!perf_timer::tracing());
  perf_timer::start_trace({.memory = 64 << 10});
  BOOST_TEST(perf_timer::tracing());
  perf_timer::stop_trace();
  BOOST_TEST(!perf_timer::tracing());

  perf_timer::start_trace<std::chrono::system_clock>();
  perf_timer::clear_trace();
  BOOST_TEST(!perf_timer::tracing());

  const perf_timer::TraceOptions too_little{.memory = 1};
  BOOST_CHECK_THROW(perf_timer::start_trace(too_little), std::invalid_argument);
}

}  // namespace
