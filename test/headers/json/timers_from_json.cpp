//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/timers_from_json.hpp>

#include <boost/test/unit_test.hpp>

#include <stdexcept>

namespace {

BOOST_AUTO_TEST_CASE(timers_from_json) {
  // The test of `json` reads whole reports, which `to_json` makes.
  BOOST_CHECK_THROW((void)perf_timer::timers_from_json(boost::json::value("no report")),
                    std::invalid_argument);
}

}  // namespace
