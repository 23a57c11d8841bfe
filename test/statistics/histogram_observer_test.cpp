//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/histogram_observer.hpp>

#include "check_probabilities.hpp"
#include "failing_new.hpp"
#include "samples.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <new>
#include <vector>

using namespace perf_timer;
using namespace perf_timer::test;
using namespace std::chrono_literals;

BOOST_AUTO_TEST_SUITE(histogram_observer)

BOOST_AUTO_TEST_CASE(takes_probabilities_in_braces) {
  const auto probabilities = [](const HistogramObserver& observer) {
    std::vector<double> result;
    for (const auto& quantile : summary_of(observer, {1}).quantiles) {
      result.push_back(quantile.probability);
    }
    return result;
  };
  BOOST_TEST(probabilities(HistogramObserver{}) == (std::vector{0.5, 0.9, 0.99}));
  BOOST_TEST(probabilities(HistogramObserver{{0.5, 0.9, 0.999}}) == (std::vector{0.5, 0.9, 0.999}));
  BOOST_TEST(probabilities(HistogramObserver{{0.1, 0.2}}) == (std::vector{0.1, 0.2}));
  BOOST_TEST(probabilities(HistogramObserver{{0.75}}) == (std::vector{0.75}));
  BOOST_TEST(probabilities(HistogramObserver{{0, 1}}) == (std::vector<double>{0, 1}));
}

BOOST_AUTO_TEST_CASE(refuses_bad_probabilities) {
  check_refuses_bad_probabilities<HistogramObserver>("HistogramObserver");
}

BOOST_AUTO_TEST_CASE(is_within_one_percent_on_every_series) {
  for (const Series& series : all_series()) {
    const HistogramObserver observer{{0, 0.5, 0.9, 0.99, 0.999, 1}};
    for (const auto& [p, value] : summary_of(observer, series.samples).quantiles) {
      BOOST_TEST_CONTEXT(series.name << ", p = " << p) {
        BOOST_TEST(relative_error(value.count(), exact_quantile(series.samples, p)) <= 0.01);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(summarises_exactly_what_can_be_exact) {
  const DurationSummary expected{
      .count = 4,
      .total = 100ns,
      .mean = 25ns,
      .stddev = 11ns,  // 11.18
      .min = 10ns,
      .max = 40ns,
      .quantiles = {{0.5, 20ns}, {0.9, 40ns}, {0.99, 40ns}},
      .has_stddev = true,
      .buckets = {{10ns, 10ns, 1}, {20ns, 20ns, 1}, {30ns, 30ns, 1}, {40ns, 40ns, 1}}};
  BOOST_CHECK(summary_of(HistogramObserver{}, {10, 20, 30, 40}) == expected);
}

BOOST_AUTO_TEST_CASE(takes_all_samples_of_a_batch_or_none) {
  // Both need two new pages; the sums of one can't overflow.
  for (const std::int64_t longest : {std::int64_t{1'000'000'000}, std::int64_t{10'000'000'000}}) {
    const auto state = fed(HistogramObserver{}, {1'000});
    const DurationSummary before = state->summary();
    const auto batch = durations({1'001, 1'000'000, 1'002, longest});
    for (int successes = 0; successes < 2; ++successes) {
      {
        const FailingNew some(successes);
        BOOST_CHECK_THROW(state->add(batch), std::bad_alloc);
      }
      BOOST_CHECK(state->summary() == before);
    }
    state->add(batch);
    BOOST_TEST(state->summary().count == 5U);
    BOOST_TEST(state->summary().max.count() == longest);
  }
}

BOOST_AUTO_TEST_CASE(merges_all_or_nothing) {
  const auto state = fed(HistogramObserver{}, {1'000});
  const auto other = fed(HistogramObserver{}, {1'000, 1'000'000, 1'000'000'000});
  const DurationSummary before = state->summary();
  for (int successes = 0; successes < 2; ++successes) {
    {
      const FailingNew some(successes);
      BOOST_CHECK_THROW(state->merge(*other), std::bad_alloc);
    }
    BOOST_CHECK(state->summary() == before);
  }
}

BOOST_AUTO_TEST_CASE(does_not_allocate_where_it_has_been_before) {
  const auto state = fed(HistogramObserver{}, {600'000});
  const auto batch = durations(Numbers(64, 1'000'000));
  const FailingNew none(0);
  state->add(batch);
}

BOOST_AUTO_TEST_SUITE_END()
