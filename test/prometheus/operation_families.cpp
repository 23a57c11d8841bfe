//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/metric_families.hpp>

#include "exposition.hpp"
#include "snapshots.hpp"

#include <prometheus/text_serializer.h>

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <map>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace perf_timer::test {
namespace {

using namespace std::chrono_literals;

Exposition shown(const std::vector<OperationSnapshot>& operations,
                 const PrometheusOptions& options = {}) {
  return Exposition{prometheus::TextSerializer{}.Serialize(metric_families(operations, options))};
}

OperationSnapshot receive() {
  return {.object = "socket",
          .operation = "async_receive",
          .part_of = "async_read",
          .file = "/home/me/session.cpp",
          .line = 41,
          .function = "session::read",
          .count = 4,
          .calls = 1,
          .failed = 1,
          .cancelled = 2,
          .dropped = 3,
          .open = 5,
          .waiting = summary_of({500us, 2ms, 2ms, 1h}),
          .queued = summary_of({1us, 1us}),
          .busy = summary_of({3us, 4us, 5us, 6us})};
}

BOOST_AUTO_TEST_SUITE(operation_families)

BOOST_AUTO_TEST_CASE(an_operation) {
  const auto text = shown({receive()}, {.buckets = {1e-3, 1}});
  const std::map<std::string, std::string> its{{"object", "socket"},
                                               {"operation", "async_receive"},
                                               {"part_of", "async_read"},
                                               {"at", "session.cpp:41"}};
  const auto bucket = [&](const char* le) {
    auto labels = its;
    labels["le"] = le;
    return text.value("perf_timer_operation_waiting_seconds_bucket", labels);
  };
  BOOST_TEST(text.value("perf_timer_operations_total", its) == 4);
  BOOST_TEST(text.value("perf_timer_operation_calls_total", its) == 1);
  BOOST_TEST(text.value("perf_timer_operation_failed_total", its) == 1);
  BOOST_TEST(text.value("perf_timer_operation_cancelled_total", its) == 2);
  BOOST_TEST(text.value("perf_timer_operation_dropped_total", its) == 3);
  BOOST_TEST(text.value("perf_timer_operation_open", its) == 5);
  BOOST_TEST(bucket("0.001") == 1);
  BOOST_TEST(bucket("1") == 3);
  BOOST_TEST(bucket("+Inf") == 4);
  BOOST_TEST(text.value("perf_timer_operation_waiting_seconds_sum", its) == 3600.0045);
  BOOST_TEST(text.value("perf_timer_operation_queued_seconds_count", its) == 2);
  BOOST_TEST(text.value("perf_timer_operation_queued_seconds_sum", its) == 2e-6);
  BOOST_TEST(text.value("perf_timer_operation_busy_seconds_count", its) == 4);
  BOOST_TEST(text.value("perf_timer_operation_busy_seconds_sum", its) == 18e-6);
}

BOOST_AUTO_TEST_CASE(every_metric_has_its_type) {
  const std::map<std::string, std::string> expected{{"x_operations_total", "counter"},
                                                    {"x_operation_calls_total", "counter"},
                                                    {"x_operation_failed_total", "counter"},
                                                    {"x_operation_cancelled_total", "counter"},
                                                    {"x_operation_dropped_total", "counter"},
                                                    {"x_operation_open", "gauge"},
                                                    {"x_operation_waiting_seconds", "histogram"},
                                                    {"x_operation_queued_seconds", "histogram"},
                                                    {"x_operation_busy_seconds", "histogram"}};
  BOOST_CHECK(shown({receive()}, {.prefix = "x"}).types() == expected);
}

BOOST_AUTO_TEST_CASE(what_has_the_same_labels_is_one_series) {
  auto elsewhere = receive(), twin = receive(), on_line_42 = receive();
  elsewhere.file = "other/session.cpp";  // people know it by its base name
  twin.function = "session::read<int>";
  on_line_42.line = 42;
  const auto text = shown({receive(), elsewhere, on_line_42, twin});
  BOOST_TEST(text.count("perf_timer_operations_total") == 2u);
  BOOST_TEST(text.value("perf_timer_operations_total", {{"at", "session.cpp:41"}}) == 12);
  BOOST_TEST(text.value("perf_timer_operation_open", {{"at", "session.cpp:42"}}) == 5);
  BOOST_TEST(text.value("perf_timer_operation_waiting_seconds_bucket",
                        {{"at", "session.cpp:41"}, {"le", "0.001"}}) == 3);
}

BOOST_AUTO_TEST_CASE(times_that_it_does_not_have_are_no_series) {
  auto post = receive();
  post.calls = {};
  post.waiting = {};
  BOOST_TEST(shown({post}).count("perf_timer_operation_calls_total") == 0u);
  BOOST_TEST(shown({post}).count("perf_timer_operation_waiting_seconds_count") == 0u);
  BOOST_TEST(shown({post}).count("perf_timer_operation_queued_seconds_count") == 1u);
  auto resolve = receive();
  resolve.queued = {};
  BOOST_TEST(shown({resolve}).count("perf_timer_operation_waiting_seconds_count") == 1u);
  BOOST_TEST(shown({resolve}).count("perf_timer_operation_queued_seconds_count") == 0u);
  // Before the first one ends, each begins with zero.
  const auto text = shown({{.object = "acceptor", .operation = "async_accept", .open = 1}});
  for (const char* const times : {"waiting", "queued", "busy"}) {
    const auto name = "perf_timer_operation_" + std::string{times} + "_seconds";
    BOOST_TEST(text.value(name + "_count", {}) == 0);
    BOOST_TEST(text.value(name + "_bucket", {{"le", "1e-06"}}) == 0);
  }
}

BOOST_AUTO_TEST_CASE(places_that_are_not_lines) {
  auto called_back = receive(), unknown = receive();
  called_back.file.clear();
  called_back.function = "on_read \xFF";
  unknown.file.clear();
  unknown.function.clear();
  const auto text = shown({called_back, unknown});
  BOOST_TEST(text.count("perf_timer_operations_total", {{"at", "on_read \xEF\xBF\xBD"}}) == 1u);
  BOOST_TEST(text.count("perf_timer_operations_total", {{"at", ""}}) == 1u);
}

BOOST_AUTO_TEST_CASE(options_hold_here_too) {
  const auto text = shown({receive()}, {.prefix = "p", .labels = {{"zone", "eu"}}});
  BOOST_TEST(text.value("p_operations_total", {{"zone", "eu"}}) == 4);
  for (const auto& series : text.series()) BOOST_TEST(series.labels.at("zone") == "eu");
  for (const char* const ours : {"object", "operation", "part_of", "at"})
    BOOST_CHECK_THROW(shown({}, {.labels = {{ours, "x"}}}), std::invalid_argument);
}

BOOST_AUTO_TEST_CASE(a_program_that_is_not_tracked_has_none) {
  BOOST_TEST(metric_families(std::vector<OperationSnapshot>{}).empty());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
