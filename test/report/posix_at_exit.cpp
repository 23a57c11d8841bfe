//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/report/default_log.hpp>
#include <perf_timer/detail/report/registry.hpp>
#include <perf_timer/log_function.hpp>
#include <perf_timer/snapshot_all.hpp>
#include <perf_timer/write_report.hpp>
#include <perf_timer/write_table.hpp>

#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "common/child_process.hpp"
#include "common/hangs_after.hpp"
#include "fake_source.hpp"

using perf_timer::detail::default_log;
using perf_timer::detail::Registry;
using perf_timer::test::output_of_child;
using test::FakeSource;

namespace {

// Reachable to the end, like a timer that a program leaks, so a sanitizer doesn't report it.
FakeSource* leaked = nullptr;

/// A static timer, which reports when it is destroyed.
struct Static {
  std::string text;
  FakeSource source{Registry::instance(), text};

  ~Static() { default_log(text); }
};

std::string table_text() {
  std::ostringstream out;
  perf_timer::write_table(
      out, std::vector{perf_timer::TimerSnapshot{.name = std::string(60, 'x'), .runs = 1}});
  return std::move(out).str();
}

// Registered before all that tables make, so that it is called after these are destroyed.
bool writes_table_at_exit = false;
[[maybe_unused]] const int registered = std::atexit([] {
  if (writes_table_at_exit) default_log(table_text());
});

}  // namespace

BOOST_AUTO_TEST_SUITE(at_exit, *perf_timer::test::hangs_after(60))

BOOST_AUTO_TEST_CASE(a_line_goes_to_standard_output) {
  BOOST_TEST(output_of_child([] { default_log("timer \"foo\": 12.3 msec"); }) ==
             "timer \"foo\": 12.3 msec\n");
  BOOST_TEST(output_of_child([] { default_log(""); }) == "\n");
  const std::string wide(10'000, 'x');
  BOOST_TEST(output_of_child([&] { default_log(wide); }) == wide + "\n");
}

BOOST_AUTO_TEST_CASE(a_leaked_timer_reports_at_exit) {
  BOOST_TEST(output_of_child([] {
               leaked = new FakeSource{Registry::instance(), "leaked"};
               leaked->on_report = [] { default_log("leaked"); };
             }) == "leaked\n");
}

BOOST_AUTO_TEST_CASE(static_timers_report_before_leaked_ones) {
  BOOST_TEST(output_of_child([] {
               leaked = new FakeSource{Registry::instance(), "leaked"};
               leaked->on_report = [] { default_log("leaked"); };
               static Static first{"first"};
               static Static second{"second"};
             }) == "second\nfirst\nleaked\n");
}

BOOST_AUTO_TEST_CASE(a_timer_that_was_destroyed_is_not_asked_at_exit) {
  BOOST_TEST(output_of_child([] {
               FakeSource source{Registry::instance(), "foo"};
               source.on_report = [] { default_log("never"); };
             }) == "");
}

BOOST_AUTO_TEST_CASE(timers_report_at_quick_exit) {
  BOOST_TEST(output_of_child([] {
               leaked = new FakeSource{Registry::instance(), "leaked"};
               leaked->on_report = [] { default_log("leaked"); };
               std::quick_exit(0);
             }) == "leaked\n");
}

BOOST_AUTO_TEST_CASE(a_log_function_may_exit) {
  BOOST_TEST(output_of_child([] {
               leaked = new FakeSource{Registry::instance(), "leaked"};
               leaked->on_report = [] {
                 default_log("leaked");
                 std::exit(0);
               };
               Registry::instance().report_all();
             }) == "leaked\n");
}

BOOST_AUTO_TEST_CASE(a_table_is_the_same_at_the_very_end) {
  const std::string expected = table_text();
  BOOST_TEST(output_of_child([] { writes_table_at_exit = true; }) == expected + "\n");
}

BOOST_AUTO_TEST_CASE(the_public_functions_speak_of_all_timers) {
  std::ostringstream none;
  perf_timer::write_report(none);
  BOOST_TEST(none.str() == "perf_timer: no timer ran\n");

  const FakeSource foo{Registry::instance(), "foo"};
  const auto timers = perf_timer::snapshot_all();
  BOOST_REQUIRE_EQUAL(timers.size(), 1u);
  BOOST_TEST(timers[0].name == "foo");
  std::ostringstream out;
  perf_timer::write_report(out);
  BOOST_TEST(out.str().find("\nfoo   |") != std::string::npos, out.str());
}

BOOST_AUTO_TEST_SUITE_END()
