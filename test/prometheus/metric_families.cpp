//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/metric_families.hpp>

#include <perf_timer/detail/recorder/lost_reason.hpp>
#include <perf_timer/prometheus_text.hpp>

#include "exposition.hpp"
#include "snapshots.hpp"

#include <boost/test/unit_test.hpp>

#include <limits>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace perf_timer::test {
namespace {

using namespace std::chrono_literals;

Exposition shown(const std::vector<TimerSnapshot>& timers, const PrometheusOptions& options = {}) {
  return Exposition{prometheus_text(timers, options)};
}

BOOST_AUTO_TEST_SUITE(metric_families_)

BOOST_AUTO_TEST_CASE(a_task) {
  TimerSnapshot timer = timer_of("GET /", TimerKind::task, {500us, 2ms, 2ms, 1h});
  timer.failed = 5;
  timer.lost = 7;
  timer.dropped = 6;
  const std::string_view mixed = detail::to_string(detail::LostReason::mixed);
  timer.lost_reasons = {{mixed, 3}, {detail::to_string(detail::LostReason::forked), 4}};
  timer.queued = summary_of({1us, 1us, 1us, 1us});

  const auto text = shown({timer}, {.buckets = {1e-3, 1}});
  const std::map<std::string, std::string> its{{"timer", "GET /"}, {"kind", "task"}};
  const auto bucket = [&](const char* le) {
    auto labels = its;
    labels["le"] = le;
    return text.value("perf_timer_elapsed_seconds_bucket", labels);
  };
  BOOST_TEST(text.value("perf_timer_runs_total", its) == 4);
  BOOST_TEST(text.value("perf_timer_failed_total", its) == 5);
  BOOST_TEST(text.value("perf_timer_dropped_total", its) == 6);
  BOOST_TEST(text.count("perf_timer_lost_total", its) == 2u);
  BOOST_TEST(text.value("perf_timer_lost_total", {{"reason", std::string{mixed}}}) == 3);
  BOOST_TEST(bucket("0.001") == 1);
  BOOST_TEST(bucket("1") == 3);
  BOOST_TEST(bucket("+Inf") == 4);
  BOOST_TEST(text.count("perf_timer_elapsed_seconds_bucket", its) == 3u);
  BOOST_TEST(text.value("perf_timer_elapsed_seconds_count", its) == 4);
  BOOST_TEST(text.value("perf_timer_elapsed_seconds_sum", its) == 3600.0045);
  BOOST_TEST(text.value("perf_timer_queued_seconds_sum", its) == 4e-6);
  BOOST_TEST(text.value("perf_timer_queued_seconds_count", its) == 4);
  BOOST_TEST(text.value("perf_timer_busy_seconds_count", its) == 4);
}

BOOST_AUTO_TEST_CASE(partial_and_failed_runs_of_several_timers) {
  TimerSnapshot first = timer_of("GET /", TimerKind::task, {1ms, 3ms});
  first.runs += 2;  // partial, of 5 ms each
  first.partial = 2;
  first.partial_reasons = {{"a", 2}};
  first.off_processor = 1ms;
  first.queued_held = 3ms;
  first.queued_free = 2ms;
  first.cpu = summary_of({1ms, 2ms});
  first.cpu_busy = 5ms;
  first.steps = 5;
  first.longest_step = 8ms;
  first.elapsed = summary_of({1ms, 3ms, 5ms, 5ms});
  first.failed = 3;
  first.failed_elapsed = summary_of({2ms, 4ms});
  first.failed_busy = summary_of({1ms});
  TimerSnapshot second = first;
  second.partial_reasons = {{"b", 2}};
  const auto text = shown({first, second}, {.buckets = {0.002, 1}});
  BOOST_TEST(text.value("perf_timer_runs_total", {}) == 8);
  BOOST_TEST(text.value("perf_timer_partial_total", {{"reason", "a"}}) == 2);
  BOOST_TEST(text.value("perf_timer_partial_total", {{"reason", "b"}}) == 2);
  BOOST_TEST(text.value("perf_timer_elapsed_seconds_count", {}) == 8);
  BOOST_TEST(text.value("perf_timer_complete_elapsed_seconds_total", {}) == 0.008);
  BOOST_TEST(text.value("perf_timer_off_processor_seconds_total", {}) == 0.002);
  BOOST_TEST(text.value("perf_timer_queued_held_seconds_total", {}) == 0.006);
  BOOST_TEST(text.value("perf_timer_queued_free_seconds_total", {}) == 0.004);
  BOOST_TEST(text.value("perf_timer_steps_total", {}) == 10);
  BOOST_TEST(text.value("perf_timer_cpu_seconds_count", {}) == 4);
  BOOST_TEST(text.value("perf_timer_cpu_seconds_sum", {}) == 0.006);
  BOOST_TEST(text.value("perf_timer_cpu_busy_seconds_total", {}) == 0.01);
  BOOST_TEST(text.value("perf_timer_longest_step_seconds", {}) == 0.008);
  BOOST_TEST(text.value("perf_timer_busy_seconds_count", {}) == 4);
  BOOST_TEST(text.value("perf_timer_busy_seconds_bucket", {{"le", "1"}}) == 4);
  BOOST_TEST(text.value("perf_timer_queued_seconds_count", {}) == 4);
  BOOST_TEST(text.value("perf_timer_failed_total", {}) == 6);
  BOOST_TEST(text.value("perf_timer_failed_elapsed_seconds_count", {}) == 4);
  BOOST_TEST(text.value("perf_timer_failed_elapsed_seconds_sum", {}) == 0.012);
  BOOST_TEST(text.value("perf_timer_failed_busy_seconds_count", {}) == 2);
}

BOOST_AUTO_TEST_CASE(every_metric_has_its_type) {
  const std::map<std::string, std::string> expected{
      {"x_runs_total", "counter"},
      {"x_partial_total", "counter"},
      {"x_awaited_total", "counter"},
      {"x_awaited_seconds_total", "counter"},
      {"x_failed_total", "counter"},
      {"x_lost_total", "counter"},
      {"x_dropped_total", "counter"},
      {"x_elapsed_seconds", "histogram"},
      {"x_complete_elapsed_seconds_total", "counter"},
      {"x_off_processor_seconds_total", "counter"},
      {"x_busy_seconds", "histogram"},
      {"x_queued_seconds", "histogram"},
      {"x_queued_held_seconds_total", "counter"},
      {"x_cpu_seconds", "summary"},
      {"x_cpu_busy_seconds_total", "counter"},
      {"x_steps_total", "counter"},
      {"x_longest_step_seconds", "gauge"},
      {"x_queued_free_seconds_total", "counter"},
      {"x_failed_elapsed_seconds", "summary"},
      {"x_failed_busy_seconds", "summary"},
      {"x_open", "gauge"},
      {"x_waiting", "gauge"},
      {"x_oldest_open_seconds", "gauge"},
      {"x_oldest_waiting_seconds", "gauge"},
      {"x_stalls_total", "counter"},
      {"x_longest_stall_seconds", "gauge"},
  };
  BOOST_TEST((shown({}, {.prefix = "x"}).types() == expected));
  BOOST_TEST((shown({timer_of("a", TimerKind::task, {1s})}, {.prefix = "x"}).types() == expected));
}

BOOST_AUTO_TEST_CASE(what_is_open) {
  TimerSnapshot timer = timer_of("GET /", TimerKind::task, {1ms});
  timer.open = 3;
  const auto unknown = shown({timer});
  BOOST_TEST(unknown.value("perf_timer_open", {}) == 3);
  BOOST_TEST(unknown.count("perf_timer_oldest_open_seconds") == 0u);
  BOOST_TEST(unknown.count("perf_timer_waiting") == 0u);  // of executors only
  timer.oldest_open = 1500ms;
  BOOST_TEST(shown({timer}).value("perf_timer_oldest_open_seconds", {}) == 1.5);

  // Timers that share a name add up; the oldest is that of all.
  for (const auto& age : {std::optional<std::chrono::nanoseconds>(2s), {}}) {
    TimerSnapshot other = timer;
    other.oldest_open = age;
    for (const auto& both : {std::vector{timer, other}, std::vector{other, timer}}) {
      BOOST_TEST(shown(both).value("perf_timer_open", {}) == 6);
      BOOST_TEST(shown(both).value("perf_timer_oldest_open_seconds", {}) == (age ? 2 : 1.5));
    }
  }

  TimerSnapshot executor = timer_of("strand", TimerKind::executor, {1ms});
  executor.open = 5;
  executor.waiting = 4;
  BOOST_TEST(shown({executor}).value("perf_timer_open", {}) == 5);
  BOOST_TEST(shown({executor}).value("perf_timer_waiting", {}) == 4);
  BOOST_TEST(shown({executor}).count("perf_timer_oldest_waiting_seconds") == 0u);
  TimerSnapshot older = executor;
  executor.oldest_waiting = 250ms;
  older.oldest_waiting = 500ms;
  BOOST_TEST(shown({executor}).value("perf_timer_oldest_waiting_seconds", {}) == 0.25);
  BOOST_TEST(shown({executor, older}).value("perf_timer_oldest_waiting_seconds", {}) == 0.5);
  BOOST_TEST(shown({older, executor}).value("perf_timer_oldest_waiting_seconds", {}) == 0.5);
}

BOOST_AUTO_TEST_CASE(stalls_are_counted_from_the_beginning) {
  TimerSnapshot timer = timer_of("a", TimerKind::scope, {1ms});
  BOOST_TEST(shown({timer}).value("perf_timer_stalls_total", {}) == 0);
  BOOST_TEST(shown({timer}).count("perf_timer_longest_stall_seconds", {}) == 0u);
  TimerSnapshot other = timer;
  timer.stalls = 3;
  timer.longest_stall = 1500ms;
  other.stalls = 1;
  other.longest_stall = 2s;
  BOOST_TEST(shown({timer}).value("perf_timer_longest_stall_seconds", {}) == 1.5);
  for (const auto& both : {std::vector{timer, other}, std::vector{other, timer}}) {
    BOOST_TEST(shown(both).value("perf_timer_stalls_total", {}) == 4);
    BOOST_TEST(shown(both).value("perf_timer_longest_stall_seconds", {}) == 2);
  }
}

// All time of a plain timer is busy, and nothing is queued or dropped. More series would only
// repeat it, or be zero.
BOOST_AUTO_TEST_CASE(a_plain_timer_has_elapsed_alone) {
  const auto text = shown({timer_of("plain", TimerKind::scope, {1s})});
  BOOST_TEST(text.value("perf_timer_runs_total", {{"kind", "scope"}}) == 1);
  BOOST_TEST(text.value("perf_timer_elapsed_seconds_sum", {{"kind", "scope"}}) == 1);
  BOOST_TEST(text.count("perf_timer_busy_seconds_count") == 0u);
  BOOST_TEST(text.count("perf_timer_queued_seconds_count") == 0u);
  BOOST_TEST(text.count("perf_timer_dropped_total") == 0u);
}

BOOST_AUTO_TEST_CASE(without_a_distribution_there_is_one_bucket) {
  TimerSnapshot timer = timer_of("average", TimerKind::executor, {1ms, 3ms});
  for (DurationSummary* summary : {&timer.busy, &timer.queued, &timer.elapsed})
    summary->buckets.clear();
  const auto text = shown({timer});
  for (const std::string metric : {"busy", "queued", "elapsed"}) {
    const std::string name = "perf_timer_" + metric + "_seconds";
    BOOST_TEST(text.count(name + "_bucket") == 1u);
    BOOST_TEST(text.value(name + "_bucket", {{"le", "+Inf"}}) == 2);
    BOOST_TEST(text.value(name + "_count", {}) == 2);
  }
  BOOST_TEST(text.value("perf_timer_elapsed_seconds_sum", {}) == 0.004);
}

BOOST_AUTO_TEST_CASE(a_timer_without_runs_begins_with_zeros) {
  const auto text = shown({timer_of("new", TimerKind::task, {})}, {.buckets = {1, 2}});
  BOOST_TEST(text.value("perf_timer_runs_total", {}) == 0);
  BOOST_TEST(text.value("perf_timer_failed_total", {}) == 0);
  BOOST_TEST(text.value("perf_timer_dropped_total", {}) == 0);
  for (const char* le : {"1", "2", "+Inf"})
    BOOST_TEST(text.value("perf_timer_busy_seconds_bucket", {{"le", le}}) == 0);
  BOOST_TEST(text.count("perf_timer_lost_total") == 0u);
}

BOOST_AUTO_TEST_CASE(timers_of_one_name_are_one_series) {
  TimerSnapshot first = timer_of("same", TimerKind::task, {1ms, 2s});
  TimerSnapshot second = timer_of("same", TimerKind::task, {1ms, 1ms, 3s});
  first.lost = 1;
  first.lost_reasons = {{"a", 1}};
  second.lost = 5;
  second.lost_reasons = {{"b", 2}, {"a", 3}};
  const auto text = shown({first, timer_of("other", TimerKind::task, {1s}), second,
                           timer_of("same", TimerKind::scope, {9s})});
  const auto value = [&](const char* metric, std::map<std::string, std::string> labels) {
    labels.insert({{"timer", "same"}, {"kind", "task"}});
    return text.value(metric, labels);
  };
  BOOST_TEST(value("perf_timer_runs_total", {}) == 5);
  BOOST_TEST(value("perf_timer_lost_total", {{"reason", "a"}}) == 4);
  BOOST_TEST(value("perf_timer_lost_total", {{"reason", "b"}}) == 2);
  BOOST_TEST(value("perf_timer_elapsed_seconds_bucket", {{"le", "0.001"}}) == 3);
  BOOST_TEST(value("perf_timer_elapsed_seconds_bucket", {{"le", "2"}}) == 4);
  BOOST_TEST(value("perf_timer_elapsed_seconds_sum", {}) == 5.003);
  BOOST_TEST(text.value("perf_timer_runs_total", {{"timer", "same"}, {"kind", "scope"}}) == 1);
}

BOOST_AUTO_TEST_CASE(a_part_of_a_distribution_is_none) {
  TimerSnapshot without = timer_of("same", TimerKind::scope, {1ms});
  without.elapsed.buckets.clear();
  const TimerSnapshot with = timer_of("same", TimerKind::scope, {1ms});
  const TimerSnapshot empty = timer_of("same", TimerKind::scope, {});
  for (const auto& timers : {std::vector{with, without}, std::vector{without, empty, with}}) {
    const auto text = shown(timers);
    BOOST_TEST(text.count("perf_timer_elapsed_seconds_bucket") == 1u);
    BOOST_TEST(text.value("perf_timer_elapsed_seconds_bucket", {{"le", "+Inf"}}) == 2);
  }
  // A timer without runs doesn't remove the buckets of the others.
  for (const auto& timers : {std::vector{with, empty}, std::vector{empty, with}})
    BOOST_TEST(shown(timers).value("perf_timer_elapsed_seconds_bucket", {{"le", "0.001"}}) == 1);
}

BOOST_AUTO_TEST_CASE(hostile_numbers) {
  TimerSnapshot timer = timer_of("limits", TimerKind::task, {1ms});
  timer.runs = timer.failed = timer.lost = timer.dropped =
      std::numeric_limits<std::uint64_t>::max();
  timer.elapsed.total = std::chrono::nanoseconds::max();
  timer.elapsed.buckets = {{1ms, 1ms, std::numeric_limits<std::uint64_t>::max()}};
  const auto text = shown({timer, timer});
  BOOST_TEST(text.value("perf_timer_runs_total", {}) > 1.8e19);
  BOOST_TEST(text.value("perf_timer_elapsed_seconds_sum", {}) > 9.2e9);

  // A user's observer may have more samples in its buckets than there were runs.
  timer = timer_of("more", TimerKind::scope, {1ms, 1ms, 1ms});
  timer.runs = 2;
  const auto more = shown({timer});
  BOOST_TEST(more.value("perf_timer_elapsed_seconds_bucket", {{"le", "10"}}) == 2);
  BOOST_TEST(more.value("perf_timer_elapsed_seconds_bucket", {{"le", "+Inf"}}) == 2);
}

BOOST_AUTO_TEST_CASE(extra_labels_are_on_every_series) {
  TimerSnapshot timer = timer_of("a", TimerKind::executor, {1s});
  timer.lost = 1;
  timer.lost_reasons = {{"b", 1}};
  const auto text = shown({timer}, {.labels = {{"zone", "eu\"1"}, {"shard", "\xFF"}}});
  for (const Series& series : text.series()) {
    BOOST_TEST_REQUIRE(series.labels.contains("zone"));
    BOOST_TEST(series.labels.at("zone") == "eu\"1");
    BOOST_TEST(series.labels.at("shard") == "\xEF\xBF\xBD");
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
