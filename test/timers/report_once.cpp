//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/report/registry.hpp>
#include <perf_timer/snapshot_all.hpp>
#include <perf_timer/timer_base.hpp>

#include <perf_timer/average_observer.hpp>
#include <perf_timer/p_square_observer.hpp>
#include <perf_timer/stddev_observer.hpp>
#include <perf_timer/write_report.hpp>

#include "timers.hpp"

#include <chrono>
#include <memory>
#include <new>
#include <span>
#include <stdexcept>

namespace perf_timer::test {
namespace {

using std::chrono::nanoseconds;

/// A user's observer that only counts, or fails.
struct CountObserver {
  bool fails = false;

  struct State : ObserverState {
    explicit State(bool fail) : fails(fail) {}
    void add(std::span<const nanoseconds> samples) override {
      if (fails) throw std::bad_alloc();
      summary_.count += samples.size();
    }
    [[nodiscard]] DurationSummary summary() const override { return summary_; }
    const bool fails;
    DurationSummary summary_;
  };
  [[nodiscard]] std::unique_ptr<ObserverState> make_state() const {
    return std::make_unique<State>(fails);
  }
};

struct LineRow {
  Observer observer;
  std::string line;
};

BOOST_AUTO_TEST_SUITE(report_once)

BOOST_AUTO_TEST_CASE_TEMPLATE(one_line_when_it_is_destroyed, Timer, AllTimers) {
  const LineRow rows[] = {
      {HistogramObserver{},
       "average 20.0 nsec, 50% <= 10.0 nsec, 90% <= 30.0 nsec, 99% <= 30.0 nsec, max 30.00 nsec"},
      {HistogramObserver{{0.5}}, "average 20.0 nsec, 50% <= 10.0 nsec, max 30.00 nsec"},
      {PSquareObserver{{0.9}}, "average 20.0 nsec, 90% <= 30.0 nsec, max 30.00 nsec"},
      {StdDevObserver{}, "average 20.0 nsec +/- 10.0 nsec, max 30.00 nsec"},
      {AverageObserver{}, "average 20.0 nsec, max 30.00 nsec"},
      {CountObserver{}, "average 0 nsec, max 0 nsec"},
  };
  for (const auto& row : rows) {
    Log log;
    {
      Timer timer("test", log.options(row.observer));
      for (const int ticks : {10, 30}) {
        const auto run = timer.measure();
        compute(ticks);
      }
      BOOST_TEST(log.lines.empty());
    }
    BOOST_REQUIRE(log.lines.size() == 1u);
    BOOST_TEST(log.lines[0] == "timer \"test\": " + row.line + " in 2 runs");
  }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(nothing_if_it_never_ran, Timer, AllTimers) {
  Log log;
  {
    Timer unused("unused", log.options());
    Timer cancelled("cancelled", log.options());
    cancelled.measure().cancel();
    Timer forgotten("forgotten", log.options());
    forgotten.observe(nanoseconds(5));
    forgotten.reset();
  }
  BOOST_TEST(log.lines.empty());
}

BOOST_AUTO_TEST_CASE_TEMPLATE(nothing_if_its_log_is_silent, Timer, AllTimers) {
  const TimerOptions options{.log = silent};
  BOOST_REQUIRE(options.log != nullptr);  // that would be standard output
  options.log("a line");
  Timer timer("test", options);
  timer.observe(nanoseconds(5));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(what_failed_and_was_lost, Timer, AllTimers) {
  Log log;
  {
    Timer timer("test", log.options());
    {
      const auto lost = timer.measure();
      compute(-1);
    }
    try {
      const auto failed = timer.measure();
      throw 1;
    } catch (int) {
    }
  }
  BOOST_TEST(
      log.lines.at(0) ==
      "timer \"test\": no samples, 1 failed (after 0 nsec), 1 lost (the clock went backwards)");
}

BOOST_AUTO_TEST_CASE_TEMPLATE(not_again_if_that_was_done_at_exit, Timer, AllTimers) {
  Log log;
  {
    Timer timer("test", log.options());
    detail::Registry::instance().report_all();
    BOOST_TEST(log.lines.empty());  // it had no runs yet
    timer.observe(nanoseconds(5));
    detail::Registry::instance().report_all();
    BOOST_TEST(log.lines.size() == 1u);
    timer.observe(nanoseconds(6));
    detail::Registry::instance().report_all();
  }
  BOOST_TEST(log.lines.size() == 1u);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_log_that_throws, Timer, AllTimers) {
  int calls = 0;
  {
    Timer timer("test", {.log = [&](std::string_view) {
                  ++calls;
                  throw std::runtime_error("disk full");
                }});
    timer.observe(nanoseconds(5));
  }
  BOOST_TEST(calls == 1);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(an_observer_that_throws, Timer, AllTimers) {
  Log log;
  {
    Timer timer("test", log.options(CountObserver{.fails = true}));
    timer.observe(nanoseconds(5));
    BOOST_CHECK_THROW(static_cast<void>(timer.snapshot()), std::bad_alloc);
  }
  BOOST_TEST(log.lines.empty());
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_log_that_uses_timers, Timer, AllTimers) {
  Timer other("other", quiet());
  std::vector<TimerSnapshot> seen;
  {
    Timer timer("test", {.log = [&](std::string_view) {
                  Timer made_meanwhile("meanwhile", quiet());
                  other.observe(nanoseconds(5));
                  seen = snapshot_all();
                }});
    timer.observe(nanoseconds(5));
  }
  BOOST_REQUIRE(seen.size() == 2u);  // all but the timer that reports
  BOOST_TEST(seen[0].name == "other");
  BOOST_TEST(seen[0].runs == 1u);
  BOOST_TEST(seen[1].name == "meanwhile");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
