//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/open_runs.hpp>

#include <boost/test/unit_test.hpp>

namespace {

BOOST_AUTO_TEST_CASE(open_runs) {
  BOOST_TEST(perf_timer::open_runs().empty());  // no test of this program leaves a run
  BOOST_TEST(perf_timer::open_runs(0).empty());
  perf_timer::OpenRun run{.name = "request", .state = perf_timer::OpenRunState::waiting};
  BOOST_TEST(perf_timer::to_string(run.state) == "waiting");
  BOOST_TEST(!(run == perf_timer::OpenRun{}));
}

}  // namespace
