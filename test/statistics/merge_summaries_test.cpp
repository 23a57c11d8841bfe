//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/statistics/merge_summaries.hpp>

#include <perf_timer/histogram_observer.hpp>

#include "samples.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>

using namespace perf_timer;
using namespace perf_timer::test;
using namespace std::chrono_literals;

namespace {

DurationSummary both(DurationSummary first, const DurationSummary& second) {
  detail::merge(first, second);
  return first;
}

/// What one observer of all samples says, but for what can't be known of a sum: the deviation, and
/// the mean if the total is out of range.
DurationSummary as_a_sum(DurationSummary summary) {
  summary.stddev = {};
  summary.has_stddev = false;
  if (summary.total == std::chrono::nanoseconds::max()) summary.mean = {};
  return summary;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(merge_summaries)

BOOST_AUTO_TEST_CASE(two_summaries_are_as_of_one_observer) {
  const HistogramObserver observer{{0, 0.01, 0.5, 0.9, 0.99, 0.999, 1}};
  for (const Series& series : all_series()) {
    for (const std::size_t divisor : {2u, 3u, 1000u}) {
      const auto middle =
          series.samples.begin() + static_cast<std::ptrdiff_t>(series.samples.size() / divisor);
      const Numbers first(series.samples.begin(), middle), second(middle, series.samples.end());
      if (first.empty()) continue;
      BOOST_TEST_CONTEXT(series.name << " / " << divisor)
      BOOST_CHECK(as_a_sum(both(summary_of(observer, first), summary_of(observer, second))) ==
                  as_a_sum(summary_of(observer, series.samples)));
    }
  }
}

BOOST_AUTO_TEST_CASE(nothing_is_added_to_one_of_them) {
  const DurationSummary some = summary_of(HistogramObserver{}, {1, 20, 300});
  BOOST_CHECK(both(some, {}) == some);
  BOOST_CHECK(both({}, some) == some);
  BOOST_CHECK(both({}, {}) == DurationSummary{});
}

BOOST_AUTO_TEST_CASE(a_part_is_not_taken_for_the_whole) {
  const DurationSummary some = summary_of(HistogramObserver{}, {1, 20, 300});
  DurationSummary poor = some;
  poor.buckets.clear();
  for (const DurationSummary& sum : {both(some, poor), both(poor, some)}) {
    BOOST_TEST(sum.count == 6u);
    BOOST_CHECK(sum.mean == 107ns && sum.max == 300ns);
    BOOST_TEST(sum.buckets.empty());
    BOOST_TEST(sum.quantiles.empty());
  }
  DurationSummary unknown = some;
  unknown.has_extremes = false;
  unknown.min = unknown.max = {};
  BOOST_CHECK(!both(some, unknown).has_extremes && both(some, unknown).min == 0ns);
  BOOST_TEST(both(unknown, some).quantiles.empty());
}

BOOST_AUTO_TEST_CASE(quantiles_are_those_of_either) {
  const auto sum = both(summary_of(HistogramObserver{{0.5}}, {1, 2}),
                        summary_of(HistogramObserver{{0.5, 1}}, {3, 4}));
  const std::vector<Quantile> expected{{0.5, 2ns}, {1, 4ns}};
  BOOST_CHECK(sum.quantiles == expected);
}

BOOST_AUTO_TEST_CASE(sums_stay_at_the_greatest_number) {
  DurationSummary much = summary_of(HistogramObserver{}, {1});
  much.count = much.buckets.front().count = std::numeric_limits<std::uint64_t>::max();
  much.total = std::chrono::nanoseconds::max();
  const DurationSummary sum = both(much, much);
  BOOST_TEST(sum.count == much.count);
  BOOST_CHECK(sum.total == much.total);
  BOOST_TEST(sum.buckets.front().count == much.count);
}

BOOST_AUTO_TEST_SUITE_END()
