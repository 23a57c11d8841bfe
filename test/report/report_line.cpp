//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/report_line.hpp>

#include <boost/test/unit_test.hpp>

#include "snapshots.hpp"

#include <chrono>
#include <cstdint>
#include <optional>

using namespace test;
using perf_timer::report_line;
using perf_timer::TimerSnapshot;

BOOST_AUTO_TEST_SUITE(report_line_)

BOOST_AUTO_TEST_CASE(with_quantiles) {
  const auto timer = plain(
      "process thumbnail",
      summary(292, 73'100ns, 320'500ns, {{0.5, 70'200ns}, {0.9, 98'000ns}, {0.99, 210'000ns}}));
  BOOST_TEST(report_line(timer) ==
             "timer \"process thumbnail\": average 73.1 usec, 50% <= 70.2 usec, "
             "90% <= 98.0 usec, 99% <= 210 usec, max 320.5 usec in 292 runs");
}

BOOST_AUTO_TEST_CASE(with_the_average_only) {
  BOOST_TEST(report_line(plain("process thumbnail", summary(292, 73'100ns, 320'500ns))) ==
             "timer \"process thumbnail\": average 73.1 usec, max 320.5 usec in 292 runs");
}

BOOST_AUTO_TEST_CASE(with_a_standard_deviation) {
  auto series = summary(10, 11'900us, 12'800us);
  series.has_stddev = true;
  series.stddev = 961us;
  BOOST_TEST(report_line(plain("foo", series)) ==
             "timer \"foo\": average 11.9 msec +/- 961 usec, max 12.80 msec in 10 runs");

  series.stddev = 0us;
  BOOST_TEST(report_line(plain("foo", series)) ==
             "timer \"foo\": average 11.9 msec +/- 0 nsec, max 12.80 msec in 10 runs");
}

BOOST_AUTO_TEST_CASE(quantiles_take_the_place_of_a_standard_deviation) {
  auto series = summary(10, 11'900us, 12'800us, {{0.5, 12'600us}});
  series.has_stddev = true;
  series.stddev = 961us;
  BOOST_TEST(report_line(plain("foo", series)) ==
             "timer \"foo\": average 11.9 msec, 50% <= 12.6 msec, max 12.80 msec in 10 runs");
}

BOOST_AUTO_TEST_CASE(one_run_is_its_duration) {
  const auto timer =
      plain("foo", summary(1, 12'345us, 12'345us, {{0.5, 12'345us}, {0.9, 12'345us}}));
  BOOST_TEST(report_line(timer) == "timer \"foo\": 12.3 msec");
}

BOOST_AUTO_TEST_CASE(times_are_busy_times) {
  BOOST_TEST(report_line(route("foo", 1, 2ms, 30ms, 400ms)) == "timer \"foo\": 2.00 msec");
}

BOOST_AUTO_TEST_CASE(a_timer_that_never_ran_says_nothing) {
  BOOST_TEST(report_line(plain("foo", {})) == "");
}

BOOST_AUTO_TEST_CASE(runs_that_are_no_samples) {
  const struct {
    std::uint64_t runs, failed, lost, dropped;
    const char* text;
  } rows[] = {
      {0, 3, 0, 0, "timer \"foo\": no samples, 3 failed"},
      {0, 0, 1, 0, "timer \"foo\": no samples, 1 lost"},
      {0, 0, 0, 2, "timer \"foo\": no samples, 2 dropped"},
      {0, 3, 1, 2, "timer \"foo\": no samples, 3 failed, 1 lost, 2 dropped"},
      {1, 3, 0, 0, "timer \"foo\": 5.00 msec, 3 failed"},
      {2, 3, 1, 2,
       "timer \"foo\": average 5.00 msec, max 9.000 msec in 2 runs, 3 failed, 1 lost, 2 dropped"},
      {2, 0, 0, 2, "timer \"foo\": average 5.00 msec, max 9.000 msec in 2 runs, 2 dropped"},
  };
  for (const auto& row : rows) {
    auto timer = plain("foo", summary(row.runs, 5ms, 9ms));
    timer.failed = row.failed;
    timer.lost = row.lost;
    timer.dropped = row.dropped;
    BOOST_TEST(report_line(timer) == row.text);
  }
}

BOOST_AUTO_TEST_CASE(runs_that_are_open) {
  const struct {
    std::uint64_t runs, dropped, open;
    std::optional<std::chrono::nanoseconds> oldest;
    const char* text;
  } rows[] = {
      {0, 0, 3, {}, "timer \"foo\": no samples, 3 open"},
      {0, 0, 1, 5s, "timer \"foo\": no samples, 1 open (for 5.00 sec)"},
      {1, 2, 3, 5s, "timer \"foo\": 5.00 msec, 2 dropped, 3 open (the oldest for 5.00 sec)"},
  };
  for (const auto& row : rows) {
    auto timer = plain("foo", summary(row.runs, 5ms, 9ms));
    timer.dropped = row.dropped;
    timer.open = row.open;
    timer.oldest_open = row.oldest;
    BOOST_TEST(report_line(timer) == row.text);
  }
}

BOOST_AUTO_TEST_CASE(functions_that_wait) {
  const struct {
    std::uint64_t open, waiting;
    std::optional<std::chrono::nanoseconds> oldest;
    const char* text;
  } rows[] = {
      {3, 2, {}, "timer \"foo\": no samples, 3 open"},
      {1, 1, 5s, "timer \"foo\": no samples, 1 open (waiting for 5.00 sec)"},
      {2, 2, 5s, "timer \"foo\": no samples, 2 open (2 waiting, the oldest for 5.00 sec)"},
      {3, 1, 5s, "timer \"foo\": no samples, 3 open (1 waiting for 5.00 sec)"},
      {3, 2, 5s, "timer \"foo\": no samples, 3 open (2 waiting, the oldest for 5.00 sec)"},
  };
  for (const auto& row : rows) {
    auto timer = plain("foo", {});
    timer.open = row.open;
    timer.waiting = row.waiting;
    timer.oldest_waiting = row.oldest;
    BOOST_TEST(report_line(timer) == row.text);
  }
}

BOOST_AUTO_TEST_CASE(partial_runs_are_beside_those_that_are_complete) {
  auto timer = route("foo", 2, 5ms, 1ms, 7ms);
  timer.busy.quantiles.clear();
  add_partial(timer, 3, 50ms, "a reason");
  BOOST_TEST(
      report_line(timer) ==
      "timer \"foo\": average 5.00 msec, max 20.00 msec in 2 runs, 3 more partial (a reason)");
}

BOOST_AUTO_TEST_CASE(partial_runs_alone_have_their_elapsed_time) {
  perf_timer::TimerSnapshot timer;
  timer.name = "foo";
  add_partial(timer, 1, 50ms, "a reason");
  BOOST_TEST(report_line(timer) == "timer \"foo\": elapsed 50.0 msec, 1 partial (a reason)");
  add_partial(timer, 2, 50ms, "a common reason");
  BOOST_TEST(report_line(timer) ==
             "timer \"foo\": elapsed average 50.0 msec, max 50.00 msec in 3 runs, "
             "3 partial (most: a common reason)");
}

BOOST_AUTO_TEST_CASE(the_commonest_reason_and_how_long_failed_runs_took) {
  auto timer = plain("foo", summary(1, 5ms, 5ms));
  timer.failed = 3;
  timer.failed_elapsed = summary(2, 4ms, 6ms);
  timer.lost = 3;
  timer.lost_reasons = {{"rare", 1}, {"com\nmon", 2}};
  BOOST_TEST(report_line(timer) ==
             "timer \"foo\": 5.00 msec, 3 failed (after 4.00 msec on average), "
             "3 lost (most: com\\nmon)");
  timer.failed = 1;
  timer.failed_elapsed = summary(1, 4ms, 4ms);
  timer.lost_reasons = {{"rare", 3}};
  BOOST_TEST(report_line(timer) ==
             "timer \"foo\": 5.00 msec, 1 failed (after 4.00 msec), 3 lost (rare)");
}

BOOST_AUTO_TEST_CASE(quantile_labels_have_no_noise) {
  const struct {
    double probability;
    const char* label;
  } rows[] = {
      {0, "0%"},        {0.001, "0.1%"},    {0.05, "5%"},  {0.07, "7%"},     {0.1 + 0.2, "30%"},
      {0.29, "29%"},    {0.5, "50%"},       {0.57, "57%"}, {0.98, "98%"},    {0.995, "99.5%"},
      {0.999, "99.9%"}, {0.9999, "99.99%"}, {1, "100%"},   {1 - 0.1, "90%"}, {0.999999, "99.9999%"},
  };
  for (const auto& row : rows) {
    const auto timer = plain("foo", summary(2, 5ns, 9ns, {{row.probability, 7ns}}));
    BOOST_TEST(report_line(timer) == std::string{"timer \"foo\": average 5.00 nsec, "} + row.label +
                                         " <= 7.00 nsec, max 9.000 nsec in 2 runs");
  }
}

BOOST_AUTO_TEST_CASE(names_stay_on_one_line) {
  using namespace std::string_literals;
  const struct {
    std::string name, text;
  } rows[] = {
      {"a \"b\" c", R"(a \"b\" c)"},
      {"a\\b", R"(a\\b)"},
      {"a\nb\r\tc", R"(a\nb\r\tc)"},
      {"\x1b[31mred", R"(\x1b[31mred)"},
      {"a\0b\x01\x7f"s, R"(a\x00b\x01\x7f)"},
      {"verkleinern f\xC3\xBCr \xE2\x82\xAC", "verkleinern f\xC3\xBCr \xE2\x82\xAC"},
  };
  for (const auto& row : rows) {
    BOOST_TEST(report_line(plain(row.name, summary(1, 5ms, 5ms))) ==
               "timer \"" + row.text + "\": 5.00 msec");
  }
}

BOOST_AUTO_TEST_SUITE_END()
