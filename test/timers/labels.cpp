//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
//
// What tells a timer from others of its name.
#include <perf_timer/interval_reader.hpp>
#include <perf_timer/open_runs.hpp>
#include <perf_timer/timer_base.hpp>

#include "timers.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace perf_timer::test {
namespace {

using Labels = std::vector<std::pair<std::string, std::string>>;

TimerOptions labelled(Labels labels) { return {.log = silent, .labels = std::move(labels)}; }

BOOST_AUTO_TEST_SUITE(labels)

BOOST_AUTO_TEST_CASE_TEMPLATE(are_in_the_order_of_their_names, Timer, AllTimers) {
  const Timer timer("request", labelled({{"zone", "eu"}, {"method", "GET"}}));
  const Labels expected{{"method", "GET"}, {"zone", "eu"}};
  BOOST_CHECK(timer.labels() == expected);
  BOOST_CHECK(timer.snapshot().labels == expected);
  BOOST_TEST(timer.name() == "request");
  BOOST_TEST(Timer("request", quiet()).labels().empty());
}

BOOST_AUTO_TEST_CASE(are_in_intervals) {
  IntervalReader reader;
  PerfTimer timer("labels in intervals", labelled({{"method", "GET"}}));
  timer.observe(std::chrono::nanoseconds(1));
  const std::vector<TimerSnapshot> timers = reader.next().timers;
  const auto mine = std::find_if(timers.begin(), timers.end(), [&](const TimerSnapshot& one) {
    return one.name == timer.name();
  });
  BOOST_TEST_REQUIRE((mine != timers.end()));
  BOOST_CHECK(mine->labels == timer.labels());
}

BOOST_AUTO_TEST_CASE(are_behind_the_name_of_an_open_run) {
  AsioPerfTimer timer("labels of open runs", labelled({{"method", "GET"}, {"zone", "eu"}}));
  const auto run = timer.start();
  const std::vector<OpenRun> open = open_runs();
  BOOST_TEST(std::count_if(open.begin(), open.end(), [](const OpenRun& one) {
               return one.name == "labels of open runs{method=GET, zone=eu}";
             }) == 1);
}

BOOST_AUTO_TEST_CASE(are_in_the_line_at_the_end) {
  Log log;
  TimerOptions options = log.options();
  options.labels = {{"method", "GET"}};
  {
    PerfTimer("request", options).observe(std::chrono::nanoseconds(5));
  }
  BOOST_TEST_REQUIRE(log.lines.size() == 1u);
  BOOST_TEST(log.lines[0].starts_with("timer \"request{method=GET}\": "));
}

BOOST_AUTO_TEST_CASE(that_are_invalid_are_told_at_once) {
  const struct {
    Labels labels;
    std::string_view says;
  } rows[] = {
      {{{"", "x"}}, "the label \"\" isn't a valid Prometheus label name"},
      {{{"a b", "x"}}, "the label \"a b\" isn't a valid Prometheus label name"},
      {{{"4th", "x"}}, "the label \"4th\" isn't a valid Prometheus label name"},
      {{{"__name", "x"}}, "the label \"__name\" begins with __"},
      {{{"a", "x"}, {"timer", "x"}}, "the label \"timer\" is set by perf_timer itself"},
      {{{"a", "x"}, {"a", "y"}}, "the label \"a\" is given twice"},
  };
  for (const auto& row : rows) {
    Log log;
    TimerOptions options = log.options();
    options.labels = row.labels;
    BOOST_CHECK_EXCEPTION(PerfTimer("request", options), std::invalid_argument,
                          [&](const std::invalid_argument& error) {
                            return std::string_view(error.what())
                                .starts_with("timer \"request\": " + std::string(row.says));
                          });
    BOOST_TEST(log.lines.empty());
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
