//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "environment/settings.hpp"  // of src

#include <perf_timer/detail/platform/call_on_signal.hpp>

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <csignal>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>

using namespace std::chrono_literals;
using namespace perf_timer::detail;

namespace {

using Variables = std::map<std::string, std::string>;

Settings settings(const Variables& variables) {
  return settings_of([&](const char* name) {
    const auto found = variables.find(name);
    return found == variables.end() ? nullptr : found->second.c_str();
  });
}

/// Returns the only thing that is wrong with one variable, and checks that it changes nothing else.
std::string error(const std::string& variable, const std::string& value) {
  Settings read = settings({{variable, value}});
  if (read.errors.size() != 1) return std::to_string(read.errors.size()) + " errors";
  std::string what = std::move(read.errors.front());
  read.errors.clear();
  return read == Settings() ? what : what + " (and something is set)";
}

BOOST_AUTO_TEST_SUITE(settings_)

BOOST_AUTO_TEST_CASE(durations) {
  const struct {
    std::string_view text;
    std::optional<std::chrono::nanoseconds> duration;
  } rows[] = {
      {"100ms", 100ms},
      {"1ns", 1ns},
      {"500us", 500us},
      {"2s", 2s},
      {"3min", 3min},
      {"9223372036854775807ns", std::chrono::nanoseconds::max()},
      {"9223372036s", 9'223'372'036s},
      {"9223372037s", {}},  // longer than a duration can be
      {"153722868min", {}},
      {"9223372036854775808ns", {}},
      {"99999999999999999999s", {}},
      {"0ms", {}},
      {"-1ms", {}},
      {"", {}},
      {"ms", {}},
      {"100", {}},
      {"1.5s", {}},
      {"100 ms", {}},
      {" 100ms", {}},
      {"100ms ", {}},
      {"100msec", {}},
      {"100MS", {}},
      {"1h", {}},
  };
  for (const auto& row : rows)
    BOOST_TEST((duration_of(row.text) == row.duration), '"' << row.text << '"');
}

BOOST_AUTO_TEST_CASE(signals) {
  const struct {
    std::string_view text;
    std::optional<int> signal;
  } rows[] = {
      {"USR1", SIGUSR1},
      {"SIGUSR1", SIGUSR1},
      {"USR2", SIGUSR2},
      {"HUP", SIGHUP},
      {"QUIT", SIGQUIT},
      {"INT", SIGINT},
      {"SIGTERM", SIGTERM},
      {"WINCH", SIGWINCH},
      {"10", 10},
      {"1", 1},
      {"64", SIGRTMAX},
      {"34", SIGRTMIN},
      {"65", {}},
      {"32", {}},  // the C library's own
      {"9", {}},   // SIGKILL
      {"KILL", {}},
      {"19", {}},  // SIGSTOP
      {"0", {}},
      {"-10", {}},
      {"99999999999", {}},
      {"", {}},
      {"SIG", {}},
      {"usr1", {}},
      {"USR1 ", {}},
      {"10x", {}},
      {"SIGSIGUSR1", {}},
  };
  for (const auto& row : rows)
    BOOST_TEST((signal_of(row.text) == row.signal), '"' << row.text << '"');
}

BOOST_AUTO_TEST_CASE(places_of_a_service) {
  const struct {
    std::string_view text;
    std::optional<ServicePlace> place;
  } rows[] = {
      {"9464", ServicePlace{"127.0.0.1", 9464}},
      {"0", ServicePlace{"127.0.0.1", 0}},
      {"10.0.0.1:80", ServicePlace{"10.0.0.1", 80}},
      {"[::1]:9464", ServicePlace{"::1", 9464}},
      {"unix:/run/perf:1", ServicePlace{"unix:/run/perf:1", 0}},
      {"", {}},
      {":9464", {}},
      {"127.0.0.1", {}},
      {"127.0.0.1:", {}},
      {"127.0.0.1:65536", {}},
      {"127.0.0.1:-1", {}},
      {"9464 ", {}},
      {"127.0.0.1:http", {}},
  };
  for (const auto& row : rows)
    BOOST_TEST((service_place_of(row.text) == row.place), '"' << row.text << '"');
}

BOOST_AUTO_TEST_CASE(nothing_set_asks_for_a_table_on_standard_error) {
  const Settings none = settings({});
  BOOST_TEST((none.report == ReportPlace{ReportPlace::To::standard_error}));
  BOOST_TEST(!none.timers_too);
  BOOST_TEST(!none.on_signal);
  BOOST_TEST(!none.stalls);
  BOOST_TEST(none.flight.empty());
  BOOST_TEST(none.errors.empty());
  // An empty variable is like none.
  BOOST_TEST((settings({{"PERF_TIMER_REPORT", ""},
                        {"PERF_TIMER_SIGNAL", ""},
                        {"PERF_TIMER_STALLS", ""},
                        {"PERF_TIMER_FLIGHT", ""},
                        {"PERF_TIMER_SERVE", ""},
                        {"PERF_TIMER_TOKEN", ""}}) == none));
}

BOOST_AUTO_TEST_CASE(reports) {
  using To = ReportPlace::To;
  const struct {
    const char* text;
    ReportPlace place;
  } rows[] = {
      {"stderr", {To::standard_error}}, {"stdout", {To::standard_output}},
      {"off", {To::nowhere}},           {"/tmp/report.txt", {To::file, "/tmp/report.txt"}},
      {"OFF", {To::file, "OFF"}},
  };
  for (const auto& row : rows) {
    const Settings read = settings({{"PERF_TIMER_REPORT", row.text}});
    BOOST_TEST((read.report == row.place), row.text);
    BOOST_TEST(read.timers_too);
    BOOST_TEST(read.errors.empty());
  }
}

BOOST_AUTO_TEST_CASE(each_variable_says_one_thing) {
  const Settings read = settings({{"PERF_TIMER_SIGNAL", "USR2"},
                                  {"PERF_TIMER_STALLS", "20ms"},
                                  {"PERF_TIMER_FLIGHT", "/var/tmp"}});
  BOOST_TEST((read.on_signal == SIGUSR2));
  BOOST_TEST((read.stalls == 20ms));
  BOOST_TEST(read.flight == "/var/tmp");
  BOOST_TEST(read.errors.empty());
}

BOOST_AUTO_TEST_CASE(what_is_wrong_is_told_with_what_would_do) {
  BOOST_TEST(error("PERF_TIMER_SIGNAL", "KILL") ==
             "PERF_TIMER_SIGNAL=KILL: give a signal that can be handled, such as USR1 or a number");
  BOOST_TEST(error("PERF_TIMER_STALLS", "100") ==
             "PERF_TIMER_STALLS=100: give a duration, such as 100ms, 2s or 500us");
  BOOST_TEST(error("PERF_TIMER_SERVE", "localhost") ==
             "PERF_TIMER_SERVE=localhost: give an address and a port, such as 127.0.0.1:9464, a "
             "port, or unix:/PATH");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
