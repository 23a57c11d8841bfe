//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/prometheus_collector.hpp>

#include <boost/test/unit_test.hpp>

#include <memory>
#include <stdexcept>

namespace {

BOOST_AUTO_TEST_CASE(prometheus_collector) {
  const std::shared_ptr<prometheus::Collectable> collector =
      std::make_shared<perf_timer::PrometheusCollector>();
  for (const prometheus::MetricFamily& family : collector->Collect())
    if (!family.name.starts_with("perf_timer_thread"))
      BOOST_TEST(family.metric.empty());  // no timer lives
  BOOST_CHECK_THROW(perf_timer::PrometheusCollector({.prefix = "1"}), std::invalid_argument);
}

}  // namespace
