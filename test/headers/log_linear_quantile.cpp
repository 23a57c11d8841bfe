//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/accumulators/log_linear_quantile.hpp>

#include <boost/accumulators/framework/accumulator_set.hpp>
#include <boost/accumulators/statistics/stats.hpp>
#include <boost/test/unit_test.hpp>

namespace {

namespace ba = boost::accumulators;
namespace pa = perf_timer::accumulators;

BOOST_AUTO_TEST_CASE(log_linear_quantile) {
  ba::accumulator_set<std::int64_t, ba::stats<pa::tag::log_linear_quantile>> set(
      pa::log_linear_reserve = std::pair{1, 1'000});
  for (const int sample : {10, 20, 30}) set(sample);
  BOOST_TEST(pa::log_linear_quantile(set, ba::quantile_probability = 0.5) == 20);
  BOOST_TEST(pa::extract::log_linear_quantile(set, ba::quantile_probability = 1) == 30);

  auto& histogram = ba::find_accumulator<pa::tag::log_linear_quantile>(set).histogram();
  histogram.add(40);
  BOOST_TEST(pa::log_linear_quantile(set, ba::quantile_probability = 1) == 40);
}

BOOST_AUTO_TEST_CASE(log_linear_quantile_with_weights) {
  ba::accumulator_set<double, ba::stats<pa::tag::log_linear_quantile>, int> set;
  set(1.0, ba::weight = 9);
  set(2.0, ba::weight = 1);
  BOOST_TEST(pa::log_linear_quantile(set, ba::quantile_probability = 0.9) < 1.1);
  BOOST_TEST(pa::log_linear_quantile(set, ba::quantile_probability = 1) == 2);
}

}  // namespace
