//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/openmetrics_text.hpp>

#include <boost/test/unit_test.hpp>

#include <string_view>

namespace perf_timer::test {
namespace {

const struct {
  std::string_view who, accept;
  bool openmetrics;
} rows[] = {
    {"a client that says nothing", "", false},
    {"curl", "*/*", false},
    {"Firefox", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", false},
    {"Prometheus 2.42",
     "application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,"
     "text/plain;version=0.0.4;q=0.5,*/*;q=0.1",
     true},
    {"Prometheus 2.5",
     "application/openmetrics-text; version=0.0.1,text/plain;version=0.0.4;q=0.5,*/*;q=0.1", false},
    {"Prometheus 3",
     "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,"
     "application/openmetrics-text;version=0.0.1;q=0.5,"
     "text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2",
     true},
    {"Prometheus 2.42 that likes protocol buffers",
     "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited,"
     "application/openmetrics-text;version=1.0.0;q=0.8,"
     "application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1",
     true},
    {"an older Prometheus", "text/plain;version=0.0.4;q=1,*/*;q=0.1", false},
    {"any version", "application/openmetrics-text", true},
    {"any case and spaces", " Application/OpenMetrics-Text ; Version=\"1.0.0\" ; Q=0.3 ", true},
    {"both alike", "text/plain, application/openmetrics-text", true},
    {"rather the other", "application/openmetrics-text;q=0.4,text/plain;q=0.5", false},
    {"rather any other", "application/openmetrics-text;q=0.4,*/*;q=0.5", false},
    {"any text, but not this one", "application/openmetrics-text;q=0.4,text/*,text/plain;q=0.3",
     true},
    {"any text", "application/openmetrics-text;q=0.4,text/*;q=0.41", false},
    {"not at all", "application/openmetrics-text;q=0", false},
    {"not at all, in many digits", "application/openmetrics-text;q=0.000", false},
    {"a weight that is none", "application/openmetrics-text;q=high", false},
    {"a weight above one", "application/openmetrics-text;q=1.5", false},
    {"too many digits", "application/openmetrics-text;q=0.9999", false},
    {"one thousandth", "application/openmetrics-text;q=0.001", true},
    {"a whole weight", "application/openmetrics-text;q=1.", true},
    {"another type that begins alike", "application/openmetrics-text2", false},
    {"a newer version", "application/openmetrics-text;version=2.0.0", false},
    {"in quotes", "text/html;a=\",application/openmetrics-text,\"", false},
    {"quotes without an end", "application/openmetrics-text,text/html;a=\"\\", true},
    {"nothing but separators", ",;,=;,q=;;\",", false},
};

BOOST_AUTO_TEST_SUITE(accepts_openmetrics_)

BOOST_AUTO_TEST_CASE(as_it_says) {
  for (const auto& row : rows)
    BOOST_TEST(accepts_openmetrics(row.accept) == row.openmetrics, row.who);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
