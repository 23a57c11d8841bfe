//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/duration_summary.hpp>

#include <boost/test/unit_test.hpp>

namespace {

using namespace std::chrono_literals;

BOOST_AUTO_TEST_CASE(duration_summary) {
  const perf_timer::DurationSummary empty;
  BOOST_TEST(empty.count == 0u);
  BOOST_TEST(empty.has_extremes);

  perf_timer::DurationSummary two{.count = 2, .total = 30ns, .mean = 15ns};
  two.quantiles = {perf_timer::Quantile{.probability = 0.5, .value = 10ns}};
  two.buckets = {perf_timer::DurationBucket{.first = 10ns, .last = 10ns, .count = 1},
                 perf_timer::DurationBucket{.first = 20ns, .last = 20ns, .count = 1}};
  auto same = two;
  BOOST_TEST((same == two));
  same.buckets.pop_back();
  BOOST_TEST((same != two));
}

}  // namespace
