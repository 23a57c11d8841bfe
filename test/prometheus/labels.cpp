//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
//
// Labels of timers are labels of their series.
#include <perf_timer/prometheus_text.hpp>

#include "exposition.hpp"
#include "snapshots.hpp"

#include <boost/test/unit_test.hpp>

#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace perf_timer::test {
namespace {

using namespace std::chrono_literals;

TimerSnapshot labelled(std::string value, std::initializer_list<std::chrono::nanoseconds> samples) {
  TimerSnapshot timer = timer_of("request", TimerKind::task, samples);
  timer.labels = {{"method", std::move(value)}};
  return timer;
}

BOOST_AUTO_TEST_SUITE(labels)

BOOST_AUTO_TEST_CASE(tell_timers_of_one_name_apart) {
  const std::vector timers{labelled("GET", {1ms}), labelled("PUT", {1ms, 2ms}),
                           labelled("GET", {3ms}), timer_of("request", TimerKind::task, {})};
  const Exposition text{prometheus_text(timers)};
  BOOST_TEST(text.count("perf_timer_runs_total") == 3u);
  BOOST_TEST(text.value("perf_timer_runs_total", {{"method", "GET"}}) == 2);
  BOOST_TEST(text.value("perf_timer_runs_total", {{"method", "PUT"}}) == 2);
  BOOST_TEST(text.value("perf_timer_busy_seconds_sum", {{"method", "GET"}}) == 0.004);
}

BOOST_AUTO_TEST_CASE(of_a_timer_count_more_than_those_of_the_options) {
  const std::vector timers{labelled("GET", {1ms}), timer_of("other", TimerKind::task, {1ms})};
  const Exposition text{prometheus_text(timers, {.labels = {{"method", "any"}, {"zone", "eu"}}})};
  const std::string runs = "perf_timer_runs_total";
  BOOST_TEST(text.value(runs, {{"timer", "request"}, {"method", "GET"}, {"zone", "eu"}}) == 1);
  BOOST_TEST(text.value(runs, {{"timer", "other"}, {"method", "any"}, {"zone", "eu"}}) == 1);
}

// Different invalid bytes are shown alike.
BOOST_AUTO_TEST_CASE(whose_values_look_the_same_are_one_series) {
  const std::vector timers{labelled("\xFF", {1ms}), labelled("\xFE", {1ms})};
  const Exposition text{prometheus_text(timers)};
  BOOST_TEST(text.value("perf_timer_runs_total", {{"method", "\xEF\xBF\xBD"}}) == 2);
}

// To Prometheus, it isn't there.
BOOST_AUTO_TEST_CASE(of_which_one_is_empty_are_as_without_it) {
  const std::vector timers{labelled("", {1ms}), timer_of("request", TimerKind::task, {1ms})};
  const Exposition text{prometheus_text(timers)};
  BOOST_TEST(text.count("perf_timer_runs_total") == 1u);
  BOOST_TEST(text.value("perf_timer_runs_total", {{"timer", "request"}}) == 2);
}

BOOST_AUTO_TEST_CASE(that_options_make_alike_are_one_series) {
  const std::vector timers{labelled("GET", {1ms}), timer_of("request", TimerKind::task, {1ms}),
                           labelled("", {1ms})};
  const Exposition text{prometheus_text(timers, {.labels = {{"method", "GET"}}})};
  BOOST_TEST(text.count("perf_timer_runs_total") == 1u);
  BOOST_TEST(text.value("perf_timer_runs_total", {{"method", "GET"}}) == 3);
}

BOOST_AUTO_TEST_CASE(of_snapshots_are_checked) {
  TimerSnapshot timer = labelled("GET", {});
  timer.labels = {{"le", "1"}};
  BOOST_CHECK_EXCEPTION(static_cast<void>(prometheus_text(std::vector{timer})),
                        std::invalid_argument, [](const std::invalid_argument& error) {
                          return std::string_view(error.what())
                              .starts_with("timer \"request\": the label \"le\" is set by");
                        });
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
