//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/label_run.hpp>

#include <boost/test/unit_test.hpp>

#include <stdexcept>

namespace {

BOOST_AUTO_TEST_CASE(label_run) {
  BOOST_TEST(!perf_timer::label_run("trace_id", "4bf92f3577b34da6"));  // no run is open
  BOOST_CHECK_THROW((void)perf_timer::label_run("trace id", ""), std::invalid_argument);
}

}  // namespace
