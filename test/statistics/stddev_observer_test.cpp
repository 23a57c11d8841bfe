//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/stddev_observer.hpp>

#include "samples.hpp"

#include <boost/test/unit_test.hpp>

#include <cmath>
#include <limits>

using namespace perf_timer;
using namespace perf_timer::test;

namespace {

constexpr auto greatest = std::numeric_limits<std::int64_t>::max();

// Two passes in the widest floating-point type: correct unless the numbers are extreme.
std::int64_t two_pass_stddev(const Numbers& samples) {
  const auto count = static_cast<long double>(samples.size());
  long double mean = 0, squares = 0;
  for (const auto sample : samples) mean += static_cast<long double>(sample) / count;
  for (const auto sample : samples) squares += std::pow(static_cast<long double>(sample) - mean, 2);
  return std::llround(std::sqrt(squares / count));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(stddev_observer)

BOOST_AUTO_TEST_CASE(is_that_of_the_population) {
  struct Row {
    const char* name;
    Numbers samples;
    std::int64_t stddev;
  };
  for (const Row& row : {
           Row{"one sample", {7}, 0},
           Row{"all equal", Numbers(1'000, 123'457), 0},
           Row{"textbook", {2'000, 4'000, 4'000, 4'000, 5'000, 5'000, 7'000, 9'000}, 2'000},
           Row{"1 s +/- 1 ns", {999'999'999, 1'000'000'001}, 1},
           Row{"1 s +/- 10 ns", {999'999'990, 1'000'000'010, 1'000'000'010, 999'999'990}, 10},
           Row{"an hour +/- 3 ns", {3'599'999'999'997, 3'600'000'000'003}, 3},
           Row{"above and below 2^32", {4'294'967'295, 4'294'967'297}, 1},
           Row{"one far outlier", {0, 0, 0, 4'000'000'000'000}, 1'732'050'807'569},
           Row{"the greatest", {greatest, greatest, greatest}, 0},
           Row{"more squares than 128 bits hold", Numbers(5, greatest), 0},
           Row{"the greatest and the one below", {greatest, greatest - 2}, 1},
           Row{"the greatest and zero", {greatest, 0}, greatest / 2 + 1},
       }) {
    BOOST_TEST_CONTEXT(row.name) {
      const DurationSummary summary = summary_of(StdDevObserver{}, row.samples);
      BOOST_TEST(summary.has_stddev);
      BOOST_TEST(summary.stddev.count() == row.stddev);
      BOOST_TEST(summary.quantiles.empty());
    }
  }
}

BOOST_AUTO_TEST_CASE(carries_from_the_lowest_to_the_highest_64_bits_of_the_squares) {
  // The first eight squares add up to 2^128 - 2^35 + 8, the ninth is 2^36.
  const Numbers samples =
      joined(joined(Numbers(4, greatest), Numbers(4, 4'294'967'295)), {262'144});
  BOOST_TEST(relative_error(summary_of(StdDevObserver{}, samples).stddev.count(),
                            two_pass_stddev(samples)) < 1e-12);
}

BOOST_AUTO_TEST_CASE(agrees_with_two_passes) {
  for (const Series& series : all_series()) {
    if (*std::ranges::max_element(series.samples) > 1'000'000'000'000) continue;
    BOOST_TEST_CONTEXT(series.name) {
      BOOST_TEST(summary_of(StdDevObserver{}, series.samples).stddev.count() ==
                 two_pass_stddev(series.samples));
    }
  }
}

BOOST_AUTO_TEST_CASE(keeps_a_small_spread_on_a_high_level_through_many_samples_and_merges) {
  Numbers samples;
  for (int i = 0; i < 50'000; ++i) samples.push_back(1'000'000'000 + (i % 2 == 0 ? 5 : -5));
  auto merged = fed(StdDevObserver{}, samples);
  for (int i = 0; i < 9; ++i) merged->merge(*fed(StdDevObserver{}, samples));
  BOOST_TEST(merged->summary().count == 500'000U);
  BOOST_TEST(merged->summary().stddev.count() == 5);
  BOOST_TEST(merged->summary().mean.count() == 1'000'000'000);
}

BOOST_AUTO_TEST_CASE(merges_levels_far_apart) {
  auto merged = fed(StdDevObserver{}, {0, 0});
  merged->merge(*fed(StdDevObserver{}, {2'000'000'000, 2'000'000'000}));
  BOOST_TEST(merged->summary().stddev.count() == 1'000'000'000);
}

BOOST_AUTO_TEST_SUITE_END()
