//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/accumulators/nearest_rank.hpp>

#include <boost/test/unit_test.hpp>

namespace {

BOOST_AUTO_TEST_CASE(nearest_rank) {
  BOOST_TEST(perf_timer::accumulators::nearest_rank(0.5, 3) == 2u);
  BOOST_CHECK_THROW((void)perf_timer::accumulators::nearest_rank(2, 3), std::invalid_argument);
}

}  // namespace
