//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/measure_overhead.hpp>
#include <perf_timer/snapshot_all.hpp>

#include <perf_timer/average_observer.hpp>
#include <perf_timer/detail/trace/recorded_trace.hpp>
#include <perf_timer/trace.hpp>
#include <perf_timer/tsc_clock.hpp>
#include <perf_timer/write_report.hpp>

#include "timers.hpp"

#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <sstream>
#include <string>
#include <typeinfo>

namespace perf_timer::test {
namespace {

bool is_a_cost(FractionalNanoseconds cost) {
  return std::isfinite(cost.count()) && cost > FractionalNanoseconds::zero();
}

using RealTimers = std::tuple<PerfTimer, ThreadPerfTimer, AsioPerfTimer, BasicPerfTimer<tsc_clock>>;

BOOST_AUTO_TEST_SUITE(measure_overhead_suite)

BOOST_AUTO_TEST_CASE_TEMPLATE(of_a_timer, Timer, RealTimers) {
  Log log;
  Timer timer("test", log.options(AverageObserver{}));
  timer.observe(std::chrono::nanoseconds(5));
  const auto before = timer.snapshot();
  BOOST_TEST(is_a_cost(measure_overhead(timer)));
  BOOST_CHECK(timer.snapshot() == before);
  BOOST_TEST(log.lines.empty());
}

BOOST_AUTO_TEST_CASE_TEMPLATE(of_a_kind_of_timer, Timer, RealTimers) {
  BOOST_TEST(is_a_cost(measure_overhead<Timer>()));
  BOOST_TEST(is_a_cost(measure_overhead<Timer>(AverageObserver{})));
}

BOOST_AUTO_TEST_CASE(of_what_a_function_makes) {
  std::vector<std::string> names;
  const auto cost = measure_overhead([&](std::string name, TimerOptions options) {
    names.push_back(name);
    return ThreadPerfTimer(std::move(name), std::move(options));
  });
  BOOST_TEST(is_a_cost(cost));
  BOOST_TEST((names == std::vector<std::string>{"measure_overhead"}));
}

// With a clock that stands still, the timer's runs take no time by that clock. Their overhead is
// measured all the same.
BOOST_AUTO_TEST_CASE(is_measured_by_steady_clock) {
  BOOST_TEST(is_a_cost(measure_overhead<OneThreadTimer>()));
}

BOOST_AUTO_TEST_CASE(leaves_no_timer_behind) {
  const AsioPerfTimer timer("test", quiet());
  BOOST_TEST(is_a_cost(measure_overhead(timer)));
  const auto all = snapshot_all();
  BOOST_REQUIRE(all.size() == 1u);
  BOOST_TEST(all[0].name == "test");
}

// Its runs aren't the program's, and would evict the program's events.
BOOST_AUTO_TEST_CASE_TEMPLATE(leaves_nothing_in_a_trace, Timer, RealTimers) {
  const auto events = [] {
    const auto trace = detail::recorded_trace();
    std::uint64_t number = trace.dropped;
    for (const auto& thread : trace.threads) number += thread.events.size();
    return number;
  };
  Timer timer("test", quiet());
  start_trace();
  static_cast<void>(timer.measure());
  const std::uint64_t of_a_run = events();
  BOOST_TEST(of_a_run != 0u);
  BOOST_TEST(is_a_cost(measure_overhead(timer)));
  std::ostringstream report;
  write_report(report);
  static_cast<void>(timer.measure());
  BOOST_TEST(events() == 2 * of_a_run);
  clear_trace();
}

BOOST_AUTO_TEST_CASE_TEMPLATE(is_at_the_foot_of_the_report, Timer, RealTimers) {
  Timer timer("test", quiet());
  timer.observe(std::chrono::seconds(1));
  std::ostringstream report;
  write_report(report);
  BOOST_TEST(report.str().find("\nmeasuring a run costs ") != std::string::npos);
  BOOST_TEST(report.str().find("\ntest *") == std::string::npos);
  timer.reset();
  timer.observe(std::chrono::nanoseconds(1));
  write_report(report);
  BOOST_TEST(report.str().find("\ntest *") != std::string::npos);
  BOOST_TEST(timer.snapshot().overhead.count() == 0.0);
}

BOOST_AUTO_TEST_CASE(is_measured_once_for_each_kind_of_timer_and_observer) {
  static int asked = 0;
  const auto count = [](const Observer&) { return FractionalNanoseconds(++asked); };
  const auto once = [&](const Observer& observer) {
    return detail::overhead_once(&asked, observer.kind(), count, observer);
  };
  BOOST_TEST(once(HistogramObserver{}).count() == 1);
  BOOST_TEST(once(AverageObserver{}).count() == 2);
  BOOST_TEST(once(HistogramObserver{{0.5}}).count() == 1);
  BOOST_TEST(asked == 2);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
