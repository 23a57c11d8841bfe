//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/average_observer.hpp>

#include "samples.hpp"

#include <boost/test/unit_test.hpp>

using namespace perf_timer;
using namespace perf_timer::test;
using namespace std::chrono_literals;

BOOST_AUTO_TEST_SUITE(average_observer)

BOOST_AUTO_TEST_CASE(summarises_without_stddev_or_quantiles) {
  const DurationSummary expected{.count = 3,
                                 .total = 60ns,
                                 .mean = 20ns,
                                 .stddev = 0ns,
                                 .min = 10ns,
                                 .max = 30ns,
                                 .quantiles = {},
                                 .has_stddev = false};
  BOOST_CHECK(summary_of(AverageObserver{}, {30, 10, 20}) == expected);
}

BOOST_AUTO_TEST_CASE(rounds_the_mean_to_the_nearest) {
  BOOST_TEST(summary_of(AverageObserver{}, {1, 1, 2}).mean.count() == 1);
  BOOST_TEST(summary_of(AverageObserver{}, {1, 2}).mean.count() == 2);
  BOOST_TEST(summary_of(AverageObserver{}, {1, 2, 2}).mean.count() == 2);
}

BOOST_AUTO_TEST_SUITE_END()
