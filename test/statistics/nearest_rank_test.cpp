//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/accumulators/nearest_rank.hpp>

#include <boost/test/unit_test.hpp>

#include <limits>

using perf_timer::accumulators::nearest_rank;

BOOST_AUTO_TEST_SUITE(nearest_rank_suite)

BOOST_AUTO_TEST_CASE(is_the_least_rank_that_covers_the_probability) {
  struct Row {
    double probability;
    std::uint64_t count, rank;
  };
  for (const Row& row : {
           Row{0.5, 0, 0},
           Row{0, 1, 1},
           Row{0.5, 1, 1},
           Row{1, 1, 1},
           Row{0.5, 2, 1},
           Row{0.51, 2, 2},
           Row{0, 10, 1},
           Row{1e-9, 10, 1},
           Row{0.9, 10, 9},
           Row{0.91, 10, 10},
           Row{1, 10, 10},
           Row{0.07, 100, 7},   // 7.000000000000001 in binary
           Row{0.29, 100, 29},  // 28.999999999999996
           Row{0.999, 1'000, 999},
           Row{0.999, 1'001, 1'000},
           Row{1, std::numeric_limits<std::uint64_t>::max(),
               std::numeric_limits<std::uint64_t>::max()},
       }) {
    BOOST_TEST_CONTEXT("probability " << row.probability << " of " << row.count) {
      BOOST_TEST(nearest_rank(row.probability, row.count) == row.rank);
    }
  }
}

BOOST_AUTO_TEST_CASE(throws_outside_of_zero_to_one) {
  for (const double probability : {-0.1, 1.1, std::numeric_limits<double>::quiet_NaN(),
                                   std::numeric_limits<double>::infinity()}) {
    BOOST_CHECK_THROW(nearest_rank(probability, 10), std::invalid_argument);
    BOOST_CHECK_THROW(nearest_rank(probability, 0), std::invalid_argument);
  }
}

BOOST_AUTO_TEST_SUITE_END()
