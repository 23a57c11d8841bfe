//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/to_json.hpp>

#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>

#include <chrono>
#include <string>
#include <vector>

namespace perf_timer::test {
namespace {

namespace json = boost::json;
using namespace std::chrono_literals;

TimerSnapshot timer() {
  TimerSnapshot result;
  result.name = "decode";
  result.runs = 2;
  result.busy = {.count = 2,
                 .total = 30ns,
                 .mean = 15ns,
                 .min = 10ns,
                 .max = 20ns,
                 .quantiles = {{0.5, 10ns}},
                 .buckets = {{10ns, 10ns, 1}, {20ns, 20ns, 1}}};
  result.elapsed = result.busy;
  result.oldest_open = 0ns;
  return result;
}

OperationSnapshot operation() {
  OperationSnapshot result;
  result.operation = "post";
  result.count = 2;
  result.calls = 0;
  result.busy = timer().busy;
  return result;
}

/// Returns the names of an object's members, with spaces between them.
std::string members(const json::value& of) {
  std::string result;
  for (const auto& member : of.as_object())
    result += (result.empty() ? "" : " ") + std::string(member.key());
  return result;
}

BOOST_AUTO_TEST_SUITE(json_options)

BOOST_AUTO_TEST_CASE(distributions_are_left_out) {
  const json::value whole = to_json(timer());
  json::value least = to_json(timer(), {.buckets = false});
  BOOST_TEST(members(least) == members(whole));
  BOOST_TEST(members(least.at("busy")) == "count total_ns mean_ns min_ns max_ns quantiles");
  for (const char* const series : {"busy", "queued", "elapsed", "failed_elapsed", "failed_busy"}) {
    BOOST_TEST(!least.at(series).as_object().contains("buckets"), series);
    least.at(series).as_object()["buckets"] = whole.at(series).at("buckets");
  }
  BOOST_TEST(json::serialize(least) == json::serialize(whole));
}

BOOST_AUTO_TEST_CASE(what_is_zero_or_empty_is_left_out) {
  const json::value least = to_json(timer(), {.zeros = false});
  BOOST_TEST(members(least) == "name kind runs busy elapsed");
  BOOST_TEST(json::serialize(least.at("busy")) == json::serialize(to_json(timer()).at("busy")));
}

BOOST_AUTO_TEST_CASE(of_operations) {
  const json::value least = to_json(operation(), {.buckets = false, .zeros = false});
  BOOST_TEST(members(least) == "operation count busy");
  BOOST_TEST(members(least.at("busy")) == "count total_ns mean_ns min_ns max_ns quantiles");
  const std::vector<OperationSnapshot> all{operation()};
  BOOST_TEST(json::serialize(to_json(all, {.zeros = false}).at(0)) ==
             json::serialize(to_json(operation(), {.zeros = false})));
}

BOOST_AUTO_TEST_CASE(of_reports) {
  const std::vector<TimerSnapshot> timers{timer()};
  const std::string one = json::serialize(to_json(timer(), {.buckets = false, .zeros = false}));
  Interval interval;
  interval.timers = timers;
  const JsonOptions least{.buckets = false, .zeros = false};
  for (const json::value& report : {to_json(timers, least), to_json(interval, least)})
    BOOST_TEST(json::serialize(report.at("timers").at(0)) == one);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
