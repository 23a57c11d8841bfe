//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/accumulator_observer.hpp>

#include <perf_timer/accumulators/log_linear_quantile.hpp>

#include "failing_new.hpp"
#include "samples.hpp"

#include <boost/accumulators/statistics/mean.hpp>
#include <boost/accumulators/statistics/median.hpp>
#include <boost/accumulators/statistics/skewness.hpp>
#include <boost/test/unit_test.hpp>

#include <memory>
#include <new>
#include <utility>

using namespace perf_timer;
using namespace perf_timer::test;
using namespace std::chrono_literals;
using std::chrono::nanoseconds;
namespace ba = boost::accumulators;
namespace pa = perf_timer::accumulators;

BOOST_AUTO_TEST_SUITE(accumulator_observer)

BOOST_AUTO_TEST_CASE(fills_a_summary_from_any_set) {
  using Skewness = AccumulatorObserver<ba::stats<ba::tag::mean, ba::tag::skewness>>;
  double skewness = 0;
  const Skewness observer{[&](const Skewness::Set& set, DurationSummary& summary) {
    skewness = ba::skewness(set);
    summary.stddev = nanoseconds(std::llround(ba::mean(set)));
    summary.has_stddev = true;
  }};
  const DurationSummary expected{.count = 4,
                                 .total = 16ns,
                                 .mean = 4ns,
                                 .stddev = 4ns,
                                 .min = 1ns,
                                 .max = 10ns,
                                 .quantiles = {},
                                 .has_stddev = true};
  BOOST_CHECK(summary_of(observer, {1, 2, 3, 10}) == expected);
  BOOST_TEST(skewness > 0);
}

BOOST_AUTO_TEST_CASE(asks_a_set_nothing_that_has_seen_nothing) {
  using Median = AccumulatorObserver<ba::stats<ba::tag::median>>;
  const Median observer{[](const Median::Set&, DurationSummary&) { BOOST_TEST(false); }};
  BOOST_CHECK(summary_of(observer, {}) == DurationSummary{});
}

namespace {

using Quartiles = AccumulatorObserver<ba::stats<pa::tag::log_linear_quantile>, std::int64_t>;

Quartiles quartiles() {
  return Quartiles{
      [](const Quartiles::Set& set, DurationSummary& summary) {
        for (const double p : {0.25, 0.5, 0.75}) {
          const nanoseconds value{pa::log_linear_quantile(set, ba::quantile_probability = p)};
          summary.quantiles.push_back({p, value});
        }
      },
      Quartiles::Set(pa::log_linear_reserve = std::pair{1, 1'000}),
      [](Quartiles::Set& set, const Quartiles::Set& other) {
        using Tag = pa::tag::log_linear_quantile;
        ba::find_accumulator<Tag>(set).histogram().merge(
            ba::find_accumulator<Tag>(other).histogram());
      }};
}

}  // namespace

BOOST_AUTO_TEST_CASE(merges_if_told_how) {
  const Numbers a{1, 2, 3}, b{40, 50, 60, 70};
  const auto state = fed(quartiles(), a);
  BOOST_TEST_REQUIRE(state->mergeable());
  state->merge(*fed(quartiles(), b));
  BOOST_CHECK(state->summary() == summary_of(quartiles(), joined(a, b)));
  BOOST_CHECK(state->summary().quantiles ==
              (std::vector<Quantile>{{0.25, 2ns}, {0.5, 40ns}, {0.75, 60ns}}));
}

BOOST_AUTO_TEST_CASE(takes_all_samples_of_a_batch_or_none) {
  const auto state = fed(quartiles(), {5});
  const DurationSummary before = state->summary();
  const auto batch = durations({6, 1'000'000});
  int failures = 0;
  for (bool done = false; !done;) {
    const FailingNew some(failures);
    try {
      state->add(batch);
      done = true;
    } catch (const std::bad_alloc&) {
      ++failures;
      const FailingNew unlimited(1'000);
      BOOST_CHECK(state->summary() == before);
    }
  }
  BOOST_TEST(failures > 1);
  BOOST_TEST(state->summary().count == 3U);
}

BOOST_AUTO_TEST_SUITE_END()
