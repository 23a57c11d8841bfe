//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/prometheus_options.hpp>

#include <boost/test/unit_test.hpp>

namespace {

BOOST_AUTO_TEST_CASE(prometheus_options) {
  const perf_timer::PrometheusOptions options{
      .prefix = "shop", .labels = {{"zone", "a"}}, .buckets = {0.001, 1}};
  BOOST_TEST(options.labels[0].second == "a");
  BOOST_TEST(options.buckets.size() < perf_timer::PrometheusOptions{}.buckets.size());
}

}  // namespace
