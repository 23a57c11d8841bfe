//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/p_square_observer.hpp>

#include "boost_p_square.hpp"
#include "check_probabilities.hpp"
#include "failing_new.hpp"
#include "samples.hpp"

#include <boost/accumulators/accumulators.hpp>
#include <boost/accumulators/statistics/stats.hpp>
#include <boost/test/unit_test.hpp>

#include <limits>
#include <thread>
#include <vector>

using namespace perf_timer;
using namespace perf_timer::test;
using namespace std::chrono_literals;
namespace ba = boost::accumulators;

BOOST_AUTO_TEST_SUITE(p_square_observer)

BOOST_AUTO_TEST_CASE(refuses_bad_probabilities) {
  check_refuses_bad_probabilities<PSquareObserver>("PSquareObserver");
}

BOOST_AUTO_TEST_CASE(is_not_mergeable) { BOOST_TEST(!PSquareObserver{}.make_state()->mergeable()); }

BOOST_AUTO_TEST_CASE(gives_what_boost_gives) {
  const Numbers samples = lognormal(10'000, 20'000, 1);
  const std::vector<double> probabilities{0.5, 0.9, 0.99};
  ba::accumulator_set<double, ba::stats<ba::tag::extended_p_square_quantile>> set(
      ba::extended_p_square_probabilities = probabilities);
  for (const auto sample : samples) set(static_cast<double>(sample));
  const auto quantiles = summary_of(PSquareObserver{probabilities}, samples).quantiles;
  BOOST_TEST_REQUIRE(quantiles.size() == 3U);
  for (const auto& [p, value] : quantiles) {
    const double expected = ba::extended_p_square_quantile(set, ba::quantile_probability = p);
    BOOST_TEST(value.count() == std::llround(expected));
    BOOST_TEST(relative_error(value.count(), exact_quantile(samples, p)) < 0.05);
  }
}

BOOST_AUTO_TEST_CASE(is_exact_for_the_first_128_samples) {
  const PSquareObserver observer{{0, 0.5, 0.9, 0.99, 0.999, 1}};
  for (const Series& series : all_series()) {
    const auto state = Observer{observer}.make_state();
    Numbers so_far;
    for (std::size_t i = 0; i < std::min<std::size_t>(128, series.samples.size()); ++i) {
      so_far.push_back(series.samples[i]);
      state->add(durations({series.samples[i]}));
      for (const auto& [p, value] : state->summary().quantiles) {
        BOOST_TEST_CONTEXT(series.name << ", p = " << p << " of " << so_far.size()) {
          BOOST_TEST(value.count() == exact_quantile(so_far, p));
        }
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(is_exact_until_it_has_twice_as_many_samples_as_markers) {
  std::vector<double> probabilities;
  for (int i = 1; i < 100; ++i) probabilities.push_back(i / 100.0);
  const Numbers samples = lognormal(2 * (2 * 99 + 3), 20'000, 1);
  for (const auto& [p, value] : summary_of(PSquareObserver{probabilities}, samples).quantiles) {
    BOOST_TEST(value.count() == exact_quantile(samples, p));
  }
}

BOOST_AUTO_TEST_CASE(answers_zero_and_one_with_the_extremes) {
  const Numbers samples = lognormal(1'000, 20'000, 1);
  for (const std::vector<double>& probabilities :
       std::vector<std::vector<double>>{{0}, {1}, {0, 1}, {0, 0.5, 1}}) {
    const DurationSummary summary = summary_of(PSquareObserver{probabilities}, samples);
    BOOST_TEST_REQUIRE(summary.quantiles.size() == probabilities.size());
    for (const auto& [p, value] : summary.quantiles) {
      if (p == 0) BOOST_CHECK(value == summary.min);
      if (p == 1) BOOST_CHECK(value == summary.max);
      if (p == 0.5) BOOST_TEST(relative_error(value.count(), exact_quantile(samples, p)) < 0.05);
    }
  }
}

BOOST_AUTO_TEST_CASE(goes_on_moving_after_many_samples) {
  // With `float`, whose values are 2^24 apart at this magnitude, the markers would never move.
  constexpr std::int64_t level = std::int64_t{1} << 48;
  Numbers samples;
  for (int i = 0; i < 20'000; ++i) samples.push_back(level + (i * 7'919) % 20'000);
  const auto median = summary_of(PSquareObserver{{0.5}}, samples).quantiles.at(0).value;
  BOOST_TEST(std::abs(median.count() - level - 10'000) < 200);
}

BOOST_AUTO_TEST_CASE(stays_within_bounds_that_double_can_not_hold) {
  // The greatest value is rounded up to 2^63, which doesn't fit, and 2^60 + 1 is rounded down to
  // 2^60.
  constexpr auto greatest = std::numeric_limits<std::int64_t>::max();
  constexpr std::int64_t odd = (std::int64_t{1} << 60) + 1;
  const auto p99 = [](const Numbers& samples) {
    return summary_of(PSquareObserver{{0.99}}, samples).quantiles.at(0).value.count();
  };
  BOOST_TEST(p99(Numbers(300, greatest)) == greatest);
  BOOST_TEST(p99(joined({1}, Numbers(300, greatest))) == greatest);
  BOOST_TEST(p99(Numbers(300, odd)) == odd);
  BOOST_TEST(p99(joined(Numbers(300, odd), {greatest})) >= odd);
}

BOOST_AUTO_TEST_CASE(stays_ascending_and_within_bounds) {
  const PSquareObserver observer{{0.1, 0.2, 0.3, 0.5, 0.7, 0.9, 0.95, 0.99, 0.999}};
  for (unsigned seed = 0; seed < 50; ++seed) {
    const DurationSummary summary = summary_of(observer, lognormal(150 + seed, 1'000, 4, seed));
    auto previous = summary.min;
    for (const auto& quantile : summary.quantiles) {
      BOOST_TEST(quantile.value.count() >= previous.count());
      BOOST_TEST(quantile.value.count() <= summary.max.count());
      previous = quantile.value;
    }
  }
}

BOOST_AUTO_TEST_CASE(can_be_read_by_several_threads_at_once) {  // for the thread sanitizer
  const auto state = fed(PSquareObserver{}, lognormal(1'000, 20'000, 1));
  const DurationSummary expected = state->summary();
  DurationSummary first, second;
  std::thread one([&] { first = state->summary(); });
  std::thread other([&] { second = state->summary(); });
  one.join();
  other.join();
  BOOST_CHECK(first == expected);
  BOOST_CHECK(second == expected);
}

BOOST_AUTO_TEST_CASE(never_allocates_while_adding) {
  const auto state = Observer{PSquareObserver{}}.make_state();
  const auto samples = durations(lognormal(1'000, 20'000, 1));
  {
    const FailingNew none(0);
    state->add(samples);
  }
  BOOST_TEST(state->summary().count == 1'000U);
}

BOOST_AUTO_TEST_SUITE_END()
