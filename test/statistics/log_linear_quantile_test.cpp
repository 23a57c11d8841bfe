//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/accumulators/log_linear_quantile.hpp>

#include "boost_p_square.hpp"
#include "failing_new.hpp"
#include "samples.hpp"

#include <boost/accumulators/accumulators.hpp>
#include <boost/accumulators/statistics/mean.hpp>
#include <boost/accumulators/statistics/stats.hpp>
#include <boost/accumulators/statistics/weighted_mean.hpp>
#include <boost/test/unit_test.hpp>

#include <limits>
#include <new>
#include <stdexcept>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace ba = boost::accumulators;
namespace pa = perf_timer::accumulators;
using namespace perf_timer::test;

using FloatingTypes = std::tuple<float, double, long double>;

BOOST_AUTO_TEST_SUITE(log_linear_quantile)

BOOST_AUTO_TEST_CASE(is_a_feature_of_whole_numbers) {
  const Numbers samples = lognormal(10'000, 20'000, 1);
  ba::accumulator_set<std::int64_t, ba::stats<pa::tag::log_linear_quantile>> set;
  for (const auto sample : samples) set(sample);
  for (const double p : {0.0, 0.5, 0.9, 0.99, 0.999, 1.0}) {
    const auto estimate = pa::log_linear_quantile(set, ba::quantile_probability = p);
    static_assert(std::is_same_v<decltype(estimate), const std::int64_t>);
    BOOST_TEST(relative_error(estimate, exact_quantile(samples, p)) <= 0.01);
  }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(is_a_feature_of_floating_numbers_of_any_unit, Sample, FloatingTypes) {
  for (const double unit : {1e-12, 1e-9, 1.0, 1e9, 1e30}) {
    ba::accumulator_set<Sample, ba::stats<pa::tag::log_linear_quantile>> set;
    for (int i = 1; i <= 1'000; ++i) set(static_cast<Sample>(i * unit));
    for (const int p : {1, 50, 90, 99, 100}) {
      const auto estimate = pa::log_linear_quantile(set, ba::quantile_probability = p / 100.0);
      BOOST_TEST(static_cast<double>(estimate) / unit / (p * 10) == 1,
                 boost::test_tools::tolerance(0.01));
    }
  }
}

BOOST_AUTO_TEST_CASE(leaves_nan_out_and_survives_infinity) {
  ba::accumulator_set<double, ba::stats<pa::tag::log_linear_quantile>> set;
  set(std::numeric_limits<double>::quiet_NaN());
  set(1.0);
  set(2.0);
  set(std::numeric_limits<double>::infinity());
  const auto quantile = [&](double p) {
    return pa::log_linear_quantile(set, ba::quantile_probability = p);
  };
  BOOST_TEST(quantile(0.3) == 1.0);
  BOOST_TEST(quantile(0.6) == 2.0, boost::test_tools::tolerance(0.01));
  BOOST_TEST(quantile(1) == std::numeric_limits<double>::infinity());
}

BOOST_AUTO_TEST_CASE(stands_beside_other_features_each_with_its_own_answer) {
  const std::vector<double> tracked{0.5, 0.9};
  ba::accumulator_set<double, ba::stats<ba::tag::mean, ba::tag::extended_p_square_quantile,
                                        pa::tag::log_linear_quantile>>
      set(ba::extended_p_square_probabilities = tracked, pa::log_linear_reserve = std::pair{1, 64});
  // Twenty slow samples at the beginning mislead P-square, but not the histogram.
  for (int i = 0; i < 20; ++i) set(1e6);
  for (int i = 0; i < 80; ++i) set(100.0);
  BOOST_TEST(ba::mean(set) == 200'080.0, boost::test_tools::tolerance(1e-9));
  BOOST_TEST(pa::log_linear_quantile(set, ba::quantile_probability = 0.5) == 100.0,
             boost::test_tools::tolerance(0.01));
  BOOST_TEST(ba::extended_p_square_quantile(set, ba::quantile_probability = 0.9) !=
             pa::log_linear_quantile(set, ba::quantile_probability = 0.9));
}

BOOST_AUTO_TEST_CASE(takes_whole_weights_as_repetitions) {
  ba::accumulator_set<std::int64_t, ba::stats<ba::tag::mean, pa::tag::log_linear_quantile>, int>
      set;
  set(10, ba::weight = 9);
  set(200, ba::weight = 1);
  BOOST_TEST(ba::mean(set) == 29.0);
  BOOST_TEST(pa::log_linear_quantile(set, ba::quantile_probability = 0.9) == 10);
  BOOST_TEST(pa::log_linear_quantile(set, ba::quantile_probability = 0.95) == 200);
}

BOOST_AUTO_TEST_CASE(reserves_a_range_in_which_adding_never_allocates) {
  ba::accumulator_set<std::int64_t, ba::stats<pa::tag::log_linear_quantile>> set(
      pa::log_linear_reserve = std::pair{1'000, 1'000'000});
  const FailingNew none(0);
  for (std::int64_t value = 1'000; value <= 1'000'000; value += 500) set(value);
  BOOST_CHECK_THROW(set(2'000'000), std::bad_alloc);
  BOOST_TEST(pa::log_linear_quantile(set, ba::quantile_probability = 1) == 1'000'000);
}

BOOST_AUTO_TEST_CASE(merges_and_subtracts_through_its_histogram) {
  using Set = ba::accumulator_set<std::int64_t, ba::stats<pa::tag::log_linear_quantile>>;
  const auto histogram = [](Set& set) -> auto& {
    return ba::find_accumulator<pa::tag::log_linear_quantile>(set).histogram();
  };
  Set a, b;
  for (int i = 0; i < 10; ++i) a(1), b(2);
  histogram(a).merge(histogram(b));
  BOOST_TEST(pa::log_linear_quantile(a, ba::quantile_probability = 0.5) == 1);
  BOOST_TEST(pa::log_linear_quantile(a, ba::quantile_probability = 0.55) == 2);
  histogram(a).subtract(histogram(b));
  BOOST_TEST(pa::log_linear_quantile(a, ba::quantile_probability = 1) == 1);
}

BOOST_AUTO_TEST_CASE(copies_with_its_set) {
  ba::accumulator_set<std::int64_t, ba::stats<pa::tag::log_linear_quantile>> set;
  set(7);
  auto copy = set;
  copy(9);
  BOOST_TEST(pa::log_linear_quantile(set, ba::quantile_probability = 1) == 7);
  set = copy;
  BOOST_TEST(pa::log_linear_quantile(set, ba::quantile_probability = 1) == 9);
}

BOOST_AUTO_TEST_CASE(throws_if_asked_for_no_probability) {
  const ba::accumulator_set<std::int64_t, ba::stats<pa::tag::log_linear_quantile>> set;
  BOOST_CHECK_THROW(pa::log_linear_quantile(set, ba::quantile_probability = 1.5),
                    std::invalid_argument);
}

BOOST_AUTO_TEST_SUITE_END()
