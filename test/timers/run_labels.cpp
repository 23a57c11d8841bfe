//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// What a program says of a run is kept with the run's time, if that becomes a sample.
#include <perf_timer/label_run.hpp>
#include <perf_timer/run.hpp>

#include <perf_timer/interval_reader.hpp>
#include <perf_timer/snapshot_all.hpp>

#include "timers.hpp"

#include <stdexcept>
#include <string>

namespace perf_timer::test {
namespace {

/// The labels of the timer's exemplars, each with its elapsed time.
std::string exemplars_of(const TimerSnapshot& timer) {
  std::string text;
  for (const Exemplar& one : timer.exemplars) {
    for (const auto& [name, value] : one.labels) text += name + "=" + value + " ";
    text += std::to_string(one.elapsed.count()) + "; ";
  }
  return text;
}
std::string exemplars_of(const TimerBase& timer) { return exemplars_of(timer.snapshot()); }

bool names_characters(const std::invalid_argument& error) {
  return std::string_view(error.what()).find("128") != std::string_view::npos;
}

BOOST_AUTO_TEST_SUITE(run_labels)

BOOST_AUTO_TEST_CASE_TEMPLATE(with_the_time_of_the_run, Timer, AllTimers) {
  Timer timer("test", quiet());
  {
    auto run = timer.measure();
    run.label("trace_id", "4bf9");
    run.label("user", "K\xc3\xa4te");
    compute(1000);
  }
  {
    const auto run = timer.measure();
    compute(100'000);
  }
  BOOST_TEST(exemplars_of(timer) == "trace_id=4bf9 user=K\xc3\xa4te 1000; ");
  check_counts(timer, {.runs = 2});
}

// Prometheus refuses the whole text for a NUL.
BOOST_AUTO_TEST_CASE_TEMPLATE(what_cannot_be_shown_is_replaced, Timer, AllTimers) {
  Timer timer("test", quiet());
  {
    auto run = timer.measure();
    run.label("nul", std::string_view("a\0c", 3));
    run.label("half", "\xc3");
    compute(1000);
  }
  BOOST_TEST(exemplars_of(timer) ==
             "nul=a\xef\xbf\xbd"
             "c half=\xef\xbf\xbd 1000; ");
}

BOOST_AUTO_TEST_CASE_TEMPLATE(all_else_is_as_without, Timer, AllTimers) {
  Timer timer("test", quiet()), other("test", quiet());
  {
    auto run = timer.measure();
    run.label("id", "7");
    compute(3);
  }
  {
    const auto run = other.measure();
    compute(3);
  }
  TimerSnapshot snapshot = timer.snapshot();
  BOOST_TEST(snapshot.exemplars.size() == 1u);
  snapshot.exemplars.clear();
  BOOST_CHECK(snapshot == other.snapshot());
}

BOOST_AUTO_TEST_CASE_TEMPLATE(stopped_or_gone, Timer, AllTimers) {
  Timer timer("test", quiet());
  {
    auto run = timer.measure();
    run.label("id", "stopped");
    compute(1000);
    run.stop();
    BOOST_CHECK_THROW(run.label("id", "late"), std::logic_error);
    compute(5);
  }
  {
    auto run = timer.measure();
    run.label("id", "cancelled");
    run.cancel();
    BOOST_CHECK_THROW(run.label("id", "late"), std::logic_error);
  }
  try {
    auto run = timer.measure();
    run.label("id", "failed");
    throw std::runtime_error("");
  } catch (const std::runtime_error&) {
  }
  BOOST_TEST(exemplars_of(timer) == "id=stopped 1000; ");
}

BOOST_AUTO_TEST_CASE_TEMPLATE(what_is_invalid_is_told_and_loses_nothing, Timer, AllTimers) {
  Timer timer("test", quiet());
  const std::string long_value(126, 'x');
  {
    auto run = timer.measure();
    run.label("id", "7");
    for (const char* const name : {"", "trace id", "1st", "\xff", "trace-id"})
      BOOST_CHECK_THROW(run.label(name, ""), std::invalid_argument);
    BOOST_CHECK_EXCEPTION(run.label("id", long_value + "x"), std::invalid_argument,
                          names_characters);
    BOOST_CHECK_EXCEPTION(run.label("other", long_value.substr(3)), std::invalid_argument,
                          names_characters);
    compute(3);
  }
  BOOST_TEST(exemplars_of(timer) == "id=7 3; ");
  {
    auto run = timer.measure();
    run.label("id", long_value);
  }
  BOOST_TEST(exemplars_of(timer) == "id=" + long_value + " 0; ");
}

BOOST_AUTO_TEST_CASE_TEMPLATE(bytes_that_are_not_utf8, Timer, AllTimers) {
  Timer timer("test", quiet());
  {
    auto run = timer.measure();
    run.label("id", "half \xc3");
  }
  BOOST_TEST(exemplars_of(timer) == "id=half \xef\xbf\xbd 0; ");
}

// A program must not go another way because its timers are off.
BOOST_AUTO_TEST_CASE_TEMPLATE(of_a_timer_that_is_off, Timer, AllTimers) {
  Timer timer("test", quiet());
  timer.enabled(false);
  auto run = timer.measure();
  run.label("id", "7");
  BOOST_CHECK_THROW(run.label("1", ""), std::invalid_argument);
  BOOST_CHECK_THROW(run.label("a", std::string(128, 'x')), std::invalid_argument);
  run.stop();
  BOOST_CHECK_THROW(run.label("id", "7"), std::logic_error);
  BOOST_TEST(exemplars_of(timer) == "");
}

BOOST_AUTO_TEST_CASE_TEMPLATE(reset_forgets_them, Timer, AllTimers) {
  Timer timer("test", quiet());
  {
    auto run = timer.measure();
    run.label("id", "7");
  }
  timer.reset();
  BOOST_TEST(exemplars_of(timer) == "");
}

BOOST_AUTO_TEST_CASE_TEMPLATE(an_interval_has_its_own, Timer, AllTimers) {
  Timer timer("test", quiet());
  const auto labelled = [&](const char* id, int ticks) {
    auto run = timer.measure();
    run.label("id", id);
    compute(ticks);
  };
  IntervalReader reader;
  labelled("a", 1);
  labelled("b", 1'000'000);
  BOOST_TEST(exemplars_of(reader.next().timers.at(0)) == "id=a 1; id=b 1000000; ");
  labelled("c", 2);
  BOOST_TEST(exemplars_of(reader.next().timers.at(0)) == "id=c 2; ");
  BOOST_TEST(exemplars_of(reader.next().timers.at(0)) == "");
  BOOST_TEST(exemplars_of(timer) == "id=c 2; id=b 1000000; ");
}

BOOST_AUTO_TEST_CASE(the_innermost_run_that_executes_here) {
  TaskTimer outer("outer", quiet()), inner("inner", quiet());
  BOOST_TEST(!label_run<Clock>("id", "nobody's"));
  {
    const auto run = outer.measure();
    BOOST_TEST(label_run<Clock>("id", "outer's"));
    {
      const auto inside = inner.measure();
      BOOST_TEST(label_run<Clock>("id", "inner's"));
      BOOST_TEST(!label_run("id", "another clock's"));
    }
    BOOST_TEST(label_run<Clock>("more", "of it"));
    BOOST_CHECK_THROW((void)label_run<Clock>("1", ""), std::invalid_argument);
  }
  BOOST_TEST(!label_run<Clock>("id", "nobody's"));
  BOOST_TEST(exemplars_of(outer) == "id=outer's more=of it 0; ");
  BOOST_TEST(exemplars_of(inner) == "id=inner's 0; ");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
