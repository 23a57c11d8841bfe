//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/json_report.hpp>
#include <perf_timer/timers_from_json.hpp>
#include <perf_timer/to_json.hpp>

#include <perf_timer.hpp>

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>

#include <chrono>
#include <limits>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace perf_timer::test {
namespace {

namespace asio = boost::asio;
namespace json = boost::json;
using namespace std::chrono_literals;

DurationSummary summary() {
  return {.count = 3,
          .total = 60ns,
          .mean = 20ns,
          .stddev = 8ns,
          .min = 10ns,
          .max = 30ns,
          .quantiles = {{0.5, 20ns}, {0.99, 30ns}},
          .has_stddev = true,
          .buckets = {{10ns, 10ns, 1}, {20ns, 20ns, 1}, {30ns, 30ns, 1}}};
}

TimerSnapshot everything() {
  TimerSnapshot timer;
  timer.name = "GET /thumbnail";
  timer.labels = {{"method", "GET"}, {"zone", "a \"quoted\" one"}};
  timer.kind = TimerKind::task;
  timer.runs = 3;
  timer.partial = 1;
  timer.failed = 1;
  timer.lost = 2;
  timer.dropped = 4;
  timer.open = 6;
  timer.waiting = 5;
  timer.oldest_open = 11ns;
  timer.oldest_waiting = 8ns;
  timer.stalls = 2;
  timer.longest_stall = 412ms;
  timer.busy = summary();
  timer.queued = summary();
  timer.elapsed = summary();
  timer.complete_elapsed = 50ns;
  timer.off_processor = 7ns;
  timer.queued_held = 20ns;
  timer.cpu = summary();
  timer.cpu_busy = 90ns;
  timer.steps = 7;
  timer.longest_step = 12ns;
  timer.queued_free = 30ns;
  timer.failed_elapsed = summary();
  timer.failed_busy = summary();
  timer.partial_reasons = {{detail::to_string(detail::LostReason::not_followed, true), 1,
                            detail::remedy_of(detail::LostReason::not_followed, true)}};
  timer.lost_reasons = {{detail::to_string(detail::LostReason::mixed), 2,
                         detail::remedy_of(detail::LostReason::mixed)}};
  timer.overhead = FractionalNanoseconds{103.5};
  timer.idle_in = {{.object = "socket",
                    .operation = "async_receive",
                    .part_of = "async_read",
                    .file = "/home/me/upstream.cpp",
                    .line = 41,
                    .function = "ask",
                    .count = 9,
                    .waited = 54'700ns},
                   {.object = "deadline_timer", .operation = "async_wait"}};
  timer.exemplars = {{.labels = {{"trace_id", "4bf9"}, {"note", "a \"quoted\" one"}},
                      .elapsed = 30ns,
                      .at = std::chrono::system_clock::time_point(
                          std::chrono::microseconds(1'700'000'000'000'001))}};
  return timer;
}

TimerSnapshot of_a_poor_observer() {
  TimerSnapshot timer;
  timer.name = "poor";
  timer.busy.has_extremes = false;
  return timer;
}

TimerSnapshot at_the_limits() {
  TimerSnapshot timer = everything();
  timer.kind = TimerKind::executor;
  timer.runs = std::numeric_limits<std::uint64_t>::max();
  timer.elapsed.total = std::chrono::nanoseconds::max();
  timer.elapsed.buckets = {{std::chrono::nanoseconds::max() - 1ns, std::chrono::nanoseconds::max(),
                            std::numeric_limits<std::uint64_t>::max()}};
  timer.overhead = FractionalNanoseconds{1 / 3.0};
  timer.idle_in.front().line = std::numeric_limits<unsigned>::max();
  timer.idle_in.front().count = std::numeric_limits<std::uint64_t>::max();
  timer.idle_in.front().waited = std::chrono::nanoseconds::max();
  timer.exemplars.front().elapsed = std::chrono::nanoseconds::max();
  // A system's clock may have fewer digits, but it has no more than nanoseconds.
  timer.exemplars.front().at = std::chrono::time_point_cast<std::chrono::system_clock::duration>(
      std::chrono::sys_time<std::chrono::nanoseconds>::min());
  return timer;
}

TimerSnapshot named(std::string name) {
  TimerSnapshot timer;
  timer.name = std::move(name);
  return timer;
}

std::vector<TimerSnapshot> there_and_back(std::span<const TimerSnapshot> timers) {
  return timers_from_json(json::parse(json::serialize(to_json(timers))));
}

BOOST_AUTO_TEST_SUITE(to_json_)

BOOST_AUTO_TEST_CASE(there_and_back_again) {
  const std::vector<TimerSnapshot> timers{everything(), of_a_poor_observer(), at_the_limits(), {}};
  BOOST_CHECK(there_and_back(timers) == timers);
  BOOST_CHECK(there_and_back({}).empty());
}

// Members may be added to a version, so a report that was written before can still be read.
BOOST_AUTO_TEST_CASE(a_report_without_partial_runs) {
  json::value report = to_json(std::vector<TimerSnapshot>{everything()});
  auto& timer = report.at("timers").at(0).as_object();
  for (const char* key : {"partial", "partial_reasons", "complete_elapsed_ns", "off_processor_ns",
                          "failed_elapsed", "failed_busy"})
    timer.erase(key);
  TimerSnapshot expected = everything();
  expected.partial = 0;
  expected.partial_reasons.clear();
  expected.complete_elapsed = expected.elapsed.total;
  expected.off_processor = {};
  expected.failed_elapsed = expected.failed_busy = {};
  BOOST_CHECK(timers_from_json(report).at(0) == expected);
}

BOOST_AUTO_TEST_CASE(a_report_without_open_runs) {
  json::value report = to_json(std::vector<TimerSnapshot>{everything()});
  for (const char* key : {"open", "waiting", "oldest_open_ns", "oldest_waiting_ns"})
    report.at("timers").at(0).as_object().erase(key);
  TimerSnapshot expected = everything();
  expected.open = expected.waiting = 0;
  expected.oldest_open.reset();
  expected.oldest_waiting.reset();
  BOOST_CHECK(timers_from_json(report).at(0) == expected);
}

BOOST_AUTO_TEST_CASE(a_report_that_says_nothing_of_waits_and_steps) {
  json::value report = to_json(std::vector<TimerSnapshot>{everything()});
  for (const char* key :
       {"queued_held_ns", "queued_free_ns", "steps", "longest_step_ns", "cpu", "cpu_busy_ns"})
    report.at("timers").at(0).as_object().erase(key);
  TimerSnapshot expected = everything();
  expected.queued_held = expected.queued_free = expected.longest_step = {};
  expected.steps = 0;
  expected.cpu = {};
  expected.cpu_busy = {};
  BOOST_CHECK(timers_from_json(report).at(0) == expected);
}

BOOST_AUTO_TEST_CASE(a_report_that_says_nothing_of_what_was_waited_for) {
  json::value report = to_json(std::vector<TimerSnapshot>{everything()});
  report.at("timers").at(0).as_object().erase("idle_in");
  TimerSnapshot expected = everything();
  expected.idle_in.clear();
  BOOST_CHECK(timers_from_json(report).at(0) == expected);
}

BOOST_AUTO_TEST_CASE(a_timer_by_the_schema) {
  const json::value expected = json::parse(R"json({
    "name": "GET /thumbnail", "kind": "task", "runs": 3, "partial": 1, "failed": 1, "lost": 2,
    "dropped": 4, "open": 6, "waiting": 5, "labels": {"method": "GET", "zone": "a \"quoted\" one"},
    "oldest_open_ns": 11, "oldest_waiting_ns": 8, "stalls": 2, "longest_stall_ns": 412000000, "complete_elapsed_ns": 50, "off_processor_ns": 7,
    "cpu_busy_ns": 90, "steps": 7, "longest_step_ns": 12, "queued_held_ns": 20, "queued_free_ns": 30,
    "partial_reasons": [{"reason": "began where nothing instrumented was executing", "count": 1,
                         "remedy": "run it on instrument(executor)"}],
    "lost_reasons": [{"reason": "was charged with the time of another run", "count": 2,
                      "remedy": "give whatever one of the two wakes the other by (a channel, an event, a mutex) an instrumented executor, or run each on task(executor)"}],
    "overhead_ns": 103.5,
    "idle_in": [{"object": "socket", "operation": "async_receive", "part_of": "async_read",
                 "file": "/home/me/upstream.cpp", "line": 41, "function": "ask", "count": 9, "waited_ns": 54700},
                {"object": "deadline_timer", "operation": "async_wait", "part_of": "",
                 "file": "", "line": 0, "function": "", "count": 0, "waited_ns": 0}],
    "exemplars": [{"labels": {"trace_id": "4bf9", "note": "a \"quoted\" one"}, "elapsed_ns": 30,
                   "time_ns": 1700000000000001000}],
    "busy": {
  "count" : 3, "total_ns" : 60, "mean_ns" : 20, "stddev_ns" : 8, "min_ns" : 10, "max_ns" : 30,
      "quantiles" : [ {"probability" : 0.5, "ns" : 20}, {"probability" : 0.99, "ns" : 30} ],
                    "buckets" : [ [ 10, 10, 1 ], [ 20, 20, 1 ], [ 30, 30, 1 ] ]
}
})json");
  json::value actual = to_json(everything());
  BOOST_CHECK(actual.at("queued") == actual.at("busy"));
  for (const char* series : {"queued", "elapsed", "failed_elapsed", "failed_busy", "cpu"}) {
    BOOST_CHECK(actual.at(series) == actual.at("busy"));
    actual.as_object().erase(series);
  }
  BOOST_TEST(actual == expected);
}

BOOST_AUTO_TEST_CASE(what_is_not_known_is_left_out) {
  const json::value busy = to_json(of_a_poor_observer()).at("busy");
  BOOST_TEST(!busy.as_object().contains("stddev_ns"));
  BOOST_TEST(!busy.as_object().contains("min_ns"));
  BOOST_TEST(!busy.as_object().contains("max_ns"));
  BOOST_TEST(!to_json(of_a_poor_observer()).as_object().contains("overhead_ns"));
  BOOST_TEST(!to_json(of_a_poor_observer()).as_object().contains("idle_in"));
  BOOST_TEST(!to_json(of_a_poor_observer()).as_object().contains("exemplars"));
}

BOOST_AUTO_TEST_CASE(a_report_and_an_interval_say_when) {
  using std::chrono::system_clock;
  const json::value report = to_json(std::span<const TimerSnapshot>{});
  BOOST_TEST(report.at("schema").as_string() == "perf_timer");
  BOOST_TEST(report.at("version").as_int64() == 1);
  BOOST_TEST(report.at("time_ns").as_int64() > 0);

  Interval interval;
  interval.begin = system_clock::time_point{10s};
  interval.end = system_clock::time_point{15s};
  interval.length = 5s;
  interval.timers = {everything()};
  const json::value value = to_json(interval);
  BOOST_TEST(value.at("begin_ns").as_int64() == 10'000'000'000);
  BOOST_TEST(value.at("time_ns").as_int64() == 15'000'000'000);
  BOOST_TEST(value.at("length_ns").as_int64() == 5'000'000'000);
  BOOST_CHECK(timers_from_json(value) == interval.timers);
}

BOOST_AUTO_TEST_CASE(names_of_all_kinds) {
  const struct {
    std::string name, read;
  } rows[] = {
      {"plain", "plain"},
      {"quote\" back\\slash", "quote\" back\\slash"},
      {"</script><b>&", "</script><b>&"},
      {"line\nend\ttab\x01\x7f", "line\nend\ttab\x01\x7f"},
      {std::string{"nul\0nul", 7}, std::string{"nul\0nul", 7}},
      {"\xC3\xA4\xE2\x82\xAC\xF0\x9F\x98\x80", "\xC3\xA4\xE2\x82\xAC\xF0\x9F\x98\x80"},
      {"half \xC3", "half \xEF\xBF\xBD"},
      {"\xFF\xFE", "\xEF\xBF\xBD\xEF\xBF\xBD"},
      {"surrogate \xED\xA0\x80", "surrogate \xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"},
  };
  for (const auto& row : rows) {
    const std::vector<TimerSnapshot> timers{named(row.name)};
    BOOST_TEST(there_and_back(timers).front().name == row.read);

    TimerSnapshot waited;
    waited.idle_in = {{.object = row.name,
                       .operation = row.name,
                       .part_of = row.name,
                       .file = row.name,
                       .function = row.name}};
    const AwaitedOperation expected{.object = row.read,
                                    .operation = row.read,
                                    .part_of = row.read,
                                    .file = row.read,
                                    .function = row.read};
    BOOST_CHECK(there_and_back(std::vector{waited}).front().idle_in == std::vector{expected});
  }
}

BOOST_AUTO_TEST_CASE(the_report_of_live_timers) {
  PerfTimer timer{"live", {.log = [](std::string_view) {}}};
  timer.observe(5us);
  const auto timers = timers_from_json(json::parse(json_report()));
  BOOST_TEST_REQUIRE(timers.size() == 1u);
  BOOST_CHECK(timers.front() == timer.snapshot());
}

BOOST_AUTO_TEST_CASE(a_thread) {
  const ThreadSnapshot thread{.thread = 4711,
                              .name = "worker \xFF",
                              .age = 7s,
                              .processor_time = 2s,
                              .steps = 99,
                              .samples = 10,
                              .idle = 3,
                              .executed = {{"GET /", "ledger", 5}, {"", "", 2}}};
  BOOST_CHECK(to_json(thread) ==
              json::parse(R"({"thread":4711,"name":"worker \uFFFD","ended":0,"age_ns":7000000000,)"
                          R"("steps":99,"samples":10,"idle":3,"processor_time_ns":2000000000,)"
                          R"("executed":[{"run":"GET /","executor":"ledger","samples":5},)"
                          R"({"run":"","executor":"","samples":2}]})"));
  const ThreadSnapshot ended{.ended = 3, .samples = 1, .idle = 1};
  BOOST_TEST(!to_json(ended).as_object().contains("processor_time_ns"));
  BOOST_TEST(to_json(ended).at("ended").to_number<int>() == 3);
}

BOOST_AUTO_TEST_CASE(threads_are_in_the_report_of_live_timers) {
  asio::io_context context;
  asio::post(instrument(context), [] {
    const auto threads = json::parse(json_report()).at("threads").as_array();
    BOOST_TEST_REQUIRE(!threads.empty());
    BOOST_TEST(threads.back().at("steps").to_number<int>() == 1);
  });
  std::thread([&] { context.run(); }).join();  // in the order of their first steps, it is the last
}

BOOST_AUTO_TEST_CASE(an_operation_by_the_schema) {
  const OperationSnapshot operation{.object = "socket",
                                    .operation = "async_receive",
                                    .part_of = "async_read",
                                    .file = "/home/me/session.cpp",
                                    .line = 41,
                                    .function = "read \xFF",
                                    .count = 3,
                                    .calls = 2,
                                    .failed = 1,
                                    .cancelled = 2,
                                    .dropped = 4,
                                    .open = 5,
                                    .waiting = summary()};
  const json::value expected = json::parse(R"json({
    "object": "socket", "operation": "async_receive", "part_of": "async_read",
    "file": "/home/me/session.cpp", "line": 41, "function": "read \uFFFD",
    "count": 3, "calls": 2, "failed": 1, "cancelled": 2, "dropped": 4, "open": 5,
    "waiting": {"count": 3, "total_ns": 60, "mean_ns": 20, "stddev_ns": 8, "min_ns": 10, "max_ns": 30,
      "quantiles": [{"probability": 0.5, "ns": 20}, {"probability": 0.99, "ns": 30}],
      "buckets": [[10, 10, 1], [20, 20, 1], [30, 30, 1]]},
    "queued": {"count": 0, "total_ns": 0, "mean_ns": 0, "min_ns": 0, "max_ns": 0, "quantiles": [], "buckets": []},
    "busy": {"count": 0, "total_ns": 0, "mean_ns": 0, "min_ns": 0, "max_ns": 0, "quantiles": [], "buckets": []}
  })json");
  BOOST_TEST(to_json(operation) == expected);
  BOOST_TEST(!to_json(OperationSnapshot{}).as_object().contains("calls"));  // isn't known
  BOOST_TEST(to_json(std::vector{operation, OperationSnapshot{}}) ==
             (json::array{expected, to_json(OperationSnapshot{})}));
  BOOST_TEST(to_json(std::span<const OperationSnapshot>{}) == json::array{});
}

BOOST_AUTO_TEST_CASE(a_report_has_operations_only_of_a_tracked_program) {
  BOOST_TEST(!json::parse(json_report()).as_object().contains("operations"));
  // Whoever reads timers of a report takes it with operations, too.
  json::value report = to_json(std::vector<TimerSnapshot>{everything()});
  report.as_object()["operations"] = to_json(std::vector<OperationSnapshot>(2));
  BOOST_TEST(timers_from_json(report).size() == 1u);
}

BOOST_AUTO_TEST_CASE(what_is_no_report_is_refused) {
  const std::string good = json::serialize(to_json(std::vector<TimerSnapshot>{everything()}));
  const auto with = [&](std::string_view from, std::string_view to) {
    std::string text = good;
    const auto at = text.find(from);
    BOOST_TEST_REQUIRE(at != text.npos);
    return text.replace(at, from.size(), to);
  };
  const struct {
    std::string text, says;
  } rows[] = {
      {"[]", "schema can't be read: what should contain it isn't an object"},
      {"{}", "schema is missing"},
      {with("\"perf_timer\"", "\"other\""), "schema isn't \"perf_timer\""},
      {with("\"version\":1", "\"version\":2"), "version isn't 1"},
      {with("\"version\":1", "\"version\":-1"), "version isn't a number in range"},
      {with("\"timers\":[", "\"timers\":[3,"),
       "name can't be read: what should contain it isn't an object"},
      {with("\"GET /thumbnail\"", "7"), "name isn't a string"},
      {with("\"task\"", "\"tusk\""), "kind isn't scope, task or executor"},
      {with("\"labels\":{", "\"labels\":[],\"other\":{"), "labels isn't an object"},
      {with("\"labels\":{", "\"labels\":{\"n\":7,"), "n isn't a string"},
      {with("\"zone\"", "\"timer\""),
       "the label \"timer\" is set by perf_timer itself, like timer, kind, reason and le; choose "
       "another name"},
      {with("\"runs\":3", "\"runs\":-3"), "runs isn't a number in range"},
      {with("\"runs\":3", "\"runs\":1.5"), "runs isn't a number in range"},
      {with("\"dropped\":4", "\"drooped\":4"), "dropped is missing"},
      {with("[10,10,1]", "[10,10]"), "a bucket isn't an array of three"},
      {with("\"total_ns\":60", "\"total_ns\":9223372036854775808"),
       "total_ns isn't a number in range"},
      {with("\"idle_in\":[", "\"idle_in\":7,\"other\":["), "idle_in isn't an array"},
      {with("\"idle_in\":[", "\"idle_in\":null,\"other\":["), "idle_in isn't an array"},
      {with("\"idle_in\":[", "\"idle_in\":[[],"),
       "object can't be read: what should contain it isn't an object"},
      {with("\"part_of\":\"async_read\",", ""), "part_of is missing"},
      {with("\"ask\"", "null"), "function isn't a string"},
      {with("\"line\":41", "\"line\":4294967296"), "line isn't a number in range"},
      {with("\"line\":41", "\"line\":-1"), "line isn't a number in range"},
      {with("\"count\":9", "\"count\":-9"), "count isn't a number in range"},
      {with("\"waited_ns\":54700", "\"waited_ns\":1e99"), "waited_ns isn't a number in range"},
  };
  for (const auto& row : rows) {
    BOOST_TEST_CONTEXT(row.text) {
      BOOST_CHECK_EXCEPTION(static_cast<void>(timers_from_json(json::parse(row.text))),
                            std::invalid_argument, [&](const std::invalid_argument& error) {
                              BOOST_TEST(error.what() == "timers_from_json: " + row.says);
                              return true;
                            });
    }
  }
}

BOOST_AUTO_TEST_CASE(a_reason_of_another_version) {
  std::string text = json::serialize(to_json(std::vector<TimerSnapshot>{everything()}));
  const std::string_view known = everything().lost_reasons.front().reason;
  text.replace(text.find(known), known.size(), "the moon");
  BOOST_TEST(timers_from_json(json::parse(text)).front().lost_reasons.front().reason ==
             "unknown reason");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
