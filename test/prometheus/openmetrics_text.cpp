//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/metric_families.hpp>
#include <perf_timer/openmetrics_text.hpp>
#include <perf_timer/prometheus_text.hpp>

#include <perf_timer/perf_timer.hpp>

#include "exposition.hpp"
#include "prometheus/families_text.hpp"
#include "snapshots.hpp"

#include <boost/test/unit_test.hpp>

#include <prometheus/metric_family.h>
#include <prometheus/text_serializer.h>

#include <chrono>
#include <iomanip>
#include <limits>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace perf_timer::test {
namespace {

using namespace std::chrono_literals;
using std::chrono::system_clock;

/// Returns the same in Prometheus' text, without exemplars.
std::string as_prometheus_text(const std::string& openmetrics) {
  std::istringstream in(openmetrics);
  std::string text, counter, help;
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("# UNIT ") || line == "# EOF") continue;
    if (line.starts_with("# HELP ")) {
      help = line;
      continue;
    }
    if (line.starts_with("# TYPE ")) {
      const auto name_ends = [](const std::string& head) { return head.find(' ', 7); };
      if (line.ends_with(" counter"))
        for (std::string* const head : {&help, &line}) head->insert(name_ends(*head), "_total");
      text += help + '\n';
    } else {
      line = line.substr(0, line.find(" # {"));
      if (const auto le = line.find("le=\""); le != line.npos) {
        const auto end = line.find('"', le + 4);
        std::ostringstream bound;  // with the digits of the other text
        bound << std::setprecision(16) << std::stod(line.substr(le + 4, end - le - 4));
        if (line.substr(le + 4, end - le - 4) != "+Inf")
          line.replace(le + 4, end - le - 4, bound.str());
      }
    }
    text += line + '\n';
  }
  return text;
}

Exemplar exemplar(std::string id, std::chrono::nanoseconds elapsed,
                  std::chrono::milliseconds at = 1'700'000'000'123ms) {
  return {.labels = {{"trace_id", std::move(id)}},
          .elapsed = elapsed,
          .at = system_clock::time_point(at)};
}

/// Returns what stands behind each bucket of a timer whose runs took 1, 30 and 200 ms.
std::string behind_buckets(std::vector<Exemplar> exemplars) {
  TimerSnapshot timer = timer_of("GET /", TimerKind::scope, {1ms, 30ms, 200ms});
  timer.exemplars = std::move(exemplars);
  std::istringstream in(openmetrics_text(std::vector{timer}, {.buckets = {0.001, 0.1, 2}}));
  std::string text;
  for (std::string line; std::getline(in, line);) {
    const auto le = line.find("le=\"");
    if (le == line.npos) continue;
    const auto behind = line.find(" # ");
    text += line.substr(le + 4, line.find('"', le + 4) - le - 4) + ":";
    text += behind == line.npos ? " " : line.substr(behind + 2) + " ";
  }
  return text;
}

BOOST_AUTO_TEST_SUITE(openmetrics)

// Snapshots can come from elsewhere than a timer, which has checked its labels.
BOOST_AUTO_TEST_CASE(exemplars_that_no_timer_makes) {
  BOOST_TEST(behind_buckets({exemplar(std::string("a\0b", 3), 30ms)}) ==
             "0.001: 0.1: {trace_id=\"a\xef\xbf\xbd"
             "b\"} 0.03 1700000000.123 2.0: +Inf: ");
  Exemplar twice = exemplar("a", 30ms);
  twice.labels.push_back({"trace_id", "b"});
  BOOST_TEST(behind_buckets({twice}) == "0.001: 0.1: 2.0: +Inf: ");
}

BOOST_AUTO_TEST_CASE(the_same_series_as_in_the_other_text) {
  std::vector<TimerSnapshot> timers{
      timer_of("GET /", TimerKind::task, {1us, 2us, 2us, 1s}),
      timer_of("quote\" back\\slash\nline \xc3", TimerKind::executor, {3ms}),
      timer_of("none ran", TimerKind::scope, {})};
  timers[0].labels = {{"zone", "eu"}};
  timers[0].lost_reasons = {{"a reason", 2}};
  timers[0].longest_stall = 5ms;
  timers[0].idle_in = {{.object = "socket", .operation = "async_receive", .count = 2}};
  timers[0].exemplars = {exemplar("4bf9", 1us)};
  for (const PrometheusOptions& options :
       {PrometheusOptions{}, PrometheusOptions{.prefix = "x:y", .labels = {{"host", "a # {b"}}}}) {
    const std::string text = openmetrics_text(timers, options);
    BOOST_TEST(text.ends_with("\n# EOF\n"));
    if (options.labels.empty())
      BOOST_TEST(as_prometheus_text(text) == prometheus_text(timers, options));
  }
}

BOOST_AUTO_TEST_CASE(of_threads_and_operations) {
  const std::vector<OperationSnapshot> operations{{.object = "socket",
                                                   .operation = "async_receive",
                                                   .count = 3,
                                                   .waiting = summary_of({1us, 1s}),
                                                   .queued = summary_of({3us}),
                                                   .busy = summary_of({})}};
  const std::vector<ThreadSnapshot> threads(1);
  for (const auto& families :
       {metric_families(std::span(operations)), metric_families(std::span(threads))})
    BOOST_TEST(as_prometheus_text(detail::openmetrics_of(families)) ==
               prometheus::TextSerializer{}.Serialize(families));
}

BOOST_AUTO_TEST_CASE(heads) {
  const std::string text = openmetrics_text(std::vector{timer_of("a", TimerKind::task, {1ms})});
  for (const std::string_view head :
       {"# TYPE perf_timer_runs counter\nperf_timer_runs_total{",
        "# TYPE perf_timer_complete_elapsed_seconds counter\n"
        "# UNIT perf_timer_complete_elapsed_seconds seconds\n"
        "perf_timer_complete_elapsed_seconds_total{",
        "# TYPE perf_timer_elapsed_seconds histogram\n# UNIT perf_timer_elapsed_seconds seconds\n",
        "# TYPE perf_timer_open gauge\nperf_timer_open{"})
    BOOST_TEST((text.find(head) != text.npos), head);
  // Numbers in labels are text, so they are written as all others write them.
  for (const std::string_view bound :
       {"\"1e-06\"", "\"1.2e-06\"", "\"0.0001\"", "\"1.0\"", "\"1.2\"", "\"10.0\"", "\"+Inf\""})
    BOOST_TEST((text.find("le=" + std::string(bound)) != text.npos), bound);
}

BOOST_AUTO_TEST_CASE(an_exemplar_is_in_the_bucket_of_its_run) {
  BOOST_TEST(behind_buckets({}) == "0.001: 0.1: 2.0: +Inf: ");
  BOOST_TEST(behind_buckets({exemplar("4bf9", 200ms)}) ==
             "0.001: 0.1: 2.0: {trace_id=\"4bf9\"} 0.2 1700000000.123 +Inf: ");
  BOOST_TEST(behind_buckets({exemplar("a", 1ms, 1ms), exemplar("b", 1'000'001ns, 999ms),
                             exemplar("c", 2s, -1ms), exemplar("d", 2'000'000'001ns)}) ==
             "0.001: {trace_id=\"a\"} 0.001 0.001 0.1: {trace_id=\"b\"} 0.001000001 0.999 "
             "2.0: {trace_id=\"c\"} 2 -0.001 +Inf: {trace_id=\"d\"} 2.000000001 1700000000.123 ");
}

BOOST_AUTO_TEST_CASE(the_latest_of_a_bucket) {
  for (const bool turned : {false, true}) {
    std::vector<Exemplar> exemplars{exemplar("old", 20ms, 1s), exemplar("new", 30ms, 2s)};
    if (turned) std::swap(exemplars[0], exemplars[1]);
    BOOST_TEST(behind_buckets(exemplars) ==
               "0.001: 0.1: {trace_id=\"new\"} 0.03 2.000 2.0: +Inf: ");
  }
}

BOOST_AUTO_TEST_CASE(labels_are_escaped_and_valid) {
  Exemplar one = exemplar("\"\n\\ \xff", 1ms);
  one.labels.emplace_back("span_id", "");
  BOOST_TEST(behind_buckets({one}).starts_with(
      "0.001: {trace_id=\"\\\"\\n\\\\ \xef\xbf\xbd\",span_id=\"\"} 0.001 "));
  // What no client could take would cost it the whole text.
  Exemplar none = one, no_name = one, too_long = one;
  none.labels.clear();
  no_name.labels[0].first = "trace id";
  too_long.labels[0].second = std::string(121, 'x');
  for (const Exemplar& wrong : {none, no_name, too_long})
    BOOST_TEST(behind_buckets({wrong}) == "0.001: 0.1: 2.0: +Inf: ");
}

BOOST_AUTO_TEST_CASE(timers_of_one_name_have_the_latest_of_all) {
  TimerSnapshot one = timer_of("GET /", TimerKind::scope, {20ms, 200ms}), another = one;
  one.exemplars = {exemplar("a", 20ms, 1s), exemplar("b", 200ms, 2s)};
  another.exemplars = {exemplar("c", 21ms, 2s), exemplar("d", 201ms, 1s), exemplar("e", 9s, 1s)};
  const std::string text = openmetrics_text(std::vector{one, another});
  const auto has = [&](const std::string& id) { return text.find('"' + id + '"') != text.npos; };
  BOOST_TEST((!has("a") && has("b") && has("c") && !has("d") && has("e")));
}

BOOST_AUTO_TEST_CASE(without_a_distribution_all_runs_are_in_one_bucket) {
  TimerSnapshot timer = timer_of("GET /", TimerKind::scope, {20ms});
  timer.elapsed.buckets.clear();
  timer.exemplars = {exemplar("a", 20ms)};
  const std::string text = openmetrics_text(std::vector{timer});
  BOOST_TEST((text.find("le=\"+Inf\"} 1 # {trace_id=\"a\"} 0.02 ") != text.npos));
}

BOOST_AUTO_TEST_CASE(live_timers) {
  ThreadPerfTimer timer("live", {.log = silent});
  {
    auto run = timer.measure();
    run.label("trace_id", "4bf92f3577b34da6a3ce929d0e0e4736");
  }
  const std::string text = openmetrics_text();
  BOOST_TEST((text.find(" # {trace_id=\"4bf92f3577b34da6a3ce929d0e0e4736\"} ") != text.npos));
  BOOST_TEST((text.find("# TYPE perf_timer_threads gauge\n") != text.npos));
  BOOST_TEST(text.ends_with("\n# EOF\n"));
  BOOST_TEST(prometheus_text().find("trace_id") == std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
