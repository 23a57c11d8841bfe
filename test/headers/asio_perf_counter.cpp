//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/asio_perf_counter.hpp>

#include <boost/test/unit_test.hpp>

#include <stdexcept>

namespace {

/// Returns a counter that works on an instrumented executor, as a user's function would.
template <class Clock>
std::chrono::nanoseconds spent() {
  return perf_timer::asio_perf_counter<Clock>();
}

// umbrella.cpp has an executor to count on.
BOOST_AUTO_TEST_CASE(asio_perf_counter) {
  BOOST_CHECK_THROW((void)perf_timer::asio_perf_counter(), std::logic_error);
  BOOST_CHECK_THROW((void)spent<std::chrono::system_clock>(), std::logic_error);
}

}  // namespace
