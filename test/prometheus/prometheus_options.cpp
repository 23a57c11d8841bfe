//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/prometheus_options.hpp>

#include <perf_timer/prometheus_collector.hpp>
#include <perf_timer/prometheus_text.hpp>

#include <boost/test/unit_test.hpp>

#include <cmath>
#include <limits>
#include <stdexcept>
#include <string_view>

namespace perf_timer::test {
namespace {

BOOST_AUTO_TEST_SUITE(prometheus_options)

BOOST_AUTO_TEST_CASE(what_will_do) {
  const PrometheusOptions rows[] = {
      {},
      {.prefix = "a"},
      {.prefix = "_:9"},
      {.labels = {{"job", "x"}, {"Job", "x"}, {"_9", ""}}},
      {.buckets = {1e-9}},
      {.buckets = {1, 1 + 1e-9, 1e300}},
  };
  for (const auto& row : rows) BOOST_CHECK_NO_THROW(PrometheusCollector{row});
}

BOOST_AUTO_TEST_CASE(what_is_wrong_is_told_at_once) {
  const double inf = std::numeric_limits<double>::infinity();
  const struct {
    PrometheusOptions options;
    std::string_view says;
  } rows[] = {
      {{.prefix = ""}, "the prefix \"\" can't begin a Prometheus metric name"},
      {{.prefix = "9lives"}, "the prefix \"9lives\" can't begin a Prometheus metric name"},
      {{.prefix = "a-b"}, "the prefix \"a-b\" can't begin a Prometheus metric name"},
      {{.prefix = "\xC3\xA4"}, "can't begin a Prometheus metric name"},
      {{.prefix = "half \xC3"},
       "the prefix \"half \xEF\xBF\xBD\" can't begin a Prometheus metric name"},
      {{.labels = {{"", "x"}}}, "the label \"\" isn't a valid Prometheus label name"},
      {{.labels = {{"a:b", "x"}}}, "the label \"a:b\" isn't a valid Prometheus label name"},
      {{.labels = {{"1", "x"}}}, "the label \"1\" isn't a valid Prometheus label name"},
      {{.labels = {{"__name__", "x"}}}, "the label \"__name__\" begins with __"},
      {{.labels = {{"timer", "x"}}}, "the label \"timer\" is set by perf_timer itself"},
      {{.labels = {{"kind", "x"}}}, "the label \"kind\" is set by perf_timer itself"},
      {{.labels = {{"reason", "x"}}}, "the label \"reason\" is set by perf_timer itself"},
      {{.labels = {{"le", "x"}}}, "the label \"le\" is set by perf_timer itself"},
      {{.labels = {{"job", "x"}, {"a", "x"}, {"job", "y"}}}, "the label \"job\" is given twice"},
      {{.buckets = {}}, "no bucket was given"},
      {{.buckets = {0}}, "isn't a positive, finite number"},
      {{.buckets = {-1}}, "the bucket \"-1.000000\" isn't a positive, finite number"},
      {{.buckets = {std::nan("")}}, "isn't a positive, finite number"},
      {{.buckets = {1, inf}}, "isn't a positive, finite number"},
      {{.buckets = {1, 1}}, "isn't greater than the one before it"},
      {{.buckets = {2, 1}}, "isn't greater than the one before it"},
      {{.buckets = {1, std::nextafter(1.0, 2.0)}}, "isn't greater than the one before it"},
  };
  for (const auto& row : rows) {
    BOOST_TEST_CONTEXT(row.says) {
      const auto says = [&](const std::invalid_argument& error) {
        BOOST_TEST(std::string_view{error.what()}.starts_with("PrometheusOptions: "));
        BOOST_TEST(std::string_view{error.what()}.find(row.says) != std::string_view::npos,
                   error.what());
        return true;
      };
      BOOST_CHECK_EXCEPTION(PrometheusCollector{row.options}, std::invalid_argument, says);
      BOOST_CHECK_EXCEPTION(static_cast<void>(prometheus_text(row.options)), std::invalid_argument,
                            says);
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
