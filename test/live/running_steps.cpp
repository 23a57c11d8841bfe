//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/running_steps.hpp>

#include "common/name_this_thread.hpp"
#include "common/quiet_timer.hpp"
#include "live/stuck_thread.hpp"

#include <boost/asio/dispatch.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

#include <chrono>
#include <csignal>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace perf_timer::test {
namespace {

namespace asio = boost::asio;
using std::chrono::steady_clock;
using Timer = QuietTimer<steady_clock>;
using Names = std::vector<std::string>;

const auto instrumented = [](auto& context) { return instrument(context); };

/// The steps of threads with that name.
std::vector<RunningStep> steps_of(const std::string& thread_name,
                                  const RunningStepsOptions& options = {}) {
  std::vector<RunningStep> steps = running_steps(options);
  std::erase_if(steps, [&](const RunningStep& step) { return step.thread_name != thread_name; });
  return steps;
}

BOOST_AUTO_TEST_SUITE(running_steps_)

BOOST_AUTO_TEST_CASE(there_are_none_where_nothing_executes) {
  StuckThread thread(instrumented, "was stuck");
  thread.go_on();
  BOOST_TEST(steps_of("was stuck").empty());
}

BOOST_AUTO_TEST_CASE(a_step_of_no_timer) {
  StuckThread thread(instrumented, "in no run");
  const auto steps = steps_of("in no run");
  BOOST_REQUIRE(steps.size() == 1u);
  BOOST_TEST(steps[0].thread != 0u);
  BOOST_TEST(steps[0].explained);
  BOOST_TEST(steps[0].timers == Names());
}

BOOST_AUTO_TEST_CASE(a_function_of_wrapped_executors_has_their_timers) {
  Timer ledger("ledger"), all("all");
  StuckThread thread([&](auto& context) { return all.wrap(ledger.wrap(context)); }, "in ledger");
  const auto steps = steps_of("in ledger");
  BOOST_REQUIRE(steps.size() == 1u);
  BOOST_TEST(steps[0].timers == Names({"all", "ledger"}));
}

BOOST_AUTO_TEST_CASE(a_timer_that_is_switched_off_is_left_out) {
  Timer ledger("ledger"), off("off");
  StuckThread thread([&](auto& context) { return off.wrap(ledger.wrap(context)); }, "half off");
  off.enabled(false);
  const auto steps = steps_of("half off");
  BOOST_REQUIRE(steps.size() == 1u);
  BOOST_TEST(steps[0].timers == Names{"ledger"});
}

BOOST_AUTO_TEST_CASE(what_runs_inside_comes_before_what_is_around) {
  Timer inner("inner"), outer("outer");
  asio::io_context context;
  Names timers;
  asio::post(outer.wrap(context), [&] {
    asio::dispatch(inner.wrap(context), [&] {
      for (const auto& step : running_steps())  // the calling thread is asked as well
        if (!step.timers.empty()) timers = step.timers;
    });
  });
  context.run();
  BOOST_TEST(timers == Names({"inner", "outer"}));
}

BOOST_AUTO_TEST_CASE(the_runs_on_whose_behalf_it_executes) {
  Timer session("session"), request("request"), ended("ended");
  asio::io_context context;
  std::vector<Names> seen;
  const auto look = [&] {
    for (const auto& step : running_steps()) seen.push_back(step.runs);
  };
  asio::post(instrument(context), [&] {
    look();
    const auto outer = session.measure();
    {
      const auto before = ended.measure();
    }
    const auto run = request.measure();
    look();
    asio::post(instrument(context), look);  // executes when both have ended
  });
  context.run();
  BOOST_REQUIRE(seen.size() == 3u);
  BOOST_TEST(seen[0] == Names());
  BOOST_TEST(seen[1] == Names({"request", "session"}));
  BOOST_TEST(seen[2] == Names());
}

BOOST_AUTO_TEST_CASE(a_started_run_that_it_executes_for) {
  Timer session("session");
  auto run = session.start();
  {
    StuckThread thread([&](auto& context) { return run.wrap(context); }, "started");
    BOOST_TEST(steps_of("started").at(0).runs == Names{"session"});
  }
  run.stop();
}

BOOST_AUTO_TEST_CASE(nobody_is_asked_unless_wanted) {
  Timer ledger("ledger");
  StuckThread thread([&](auto& context) { return ledger.wrap(context); }, "left alone");
  const auto steps = steps_of("left alone", {.ask = false});
  BOOST_REQUIRE(steps.size() == 1u);
  BOOST_TEST(!steps[0].explained);
  BOOST_TEST(steps[0].timers.empty());
}

BOOST_AUTO_TEST_CASE(its_age_is_known_since_it_was_seen) {
  static_cast<void>(running_steps());
  const auto before = steady_clock::now();
  StuckThread thread(instrumented, "ages");
  const auto first = steps_of("ages").at(0);
  BOOST_TEST(first.age.count() == 0);
  BOOST_REQUIRE(first.age_at_most.has_value());
  const auto between = steady_clock::now();
  while (steady_clock::now() - between < std::chrono::microseconds(1)) {
  }
  const auto second = steps_of("ages").at(0);
  BOOST_TEST((second.age > between - steady_clock::now() && second.age.count() > 0));
  BOOST_TEST((second.age <= steady_clock::now() - before));
  BOOST_TEST((*second.age_at_most > second.age));
}

BOOST_AUTO_TEST_CASE(another_step_of_the_thread_begins_anew) {
  Event first_may_end, second_began, second_may_end;
  asio::io_context context;
  asio::post(instrument(context), [&] { first_may_end.wait(); });
  asio::post(instrument(context), [&] {
    second_began.happen();
    second_may_end.wait();
  });
  std::thread thread([&] {
    name_this_thread("two steps");
    context.run();
  });
  while (steps_of("two steps").empty()) std::this_thread::yield();
  BOOST_TEST(steps_of("two steps").at(0).age.count() > 0);
  first_may_end.happen();
  second_began.wait();
  BOOST_TEST(steps_of("two steps").at(0).age.count() == 0);
  second_may_end.happen();
  thread.join();
}

BOOST_AUTO_TEST_CASE(the_oldest_comes_first) {
  StuckThread older(instrumented, "older");
  static_cast<void>(running_steps());
  StuckThread younger(instrumented, "younger");
  const auto steps = running_steps();
  BOOST_REQUIRE(steps.size() == 2u);
  BOOST_TEST(steps[0].thread_name == "older");
  BOOST_TEST(steps[1].thread_name == "younger");
}

BOOST_AUTO_TEST_CASE(a_signal_of_the_programs_is_refused) {
  struct sigaction mine{}, before{}, after{};
  mine.sa_handler = [](int) {};
  ::sigaction(SIGUSR2, &mine, &before);
  BOOST_CHECK_EXCEPTION(
      static_cast<void>(running_steps({.signal = SIGUSR2})), std::invalid_argument, [](auto& e) {
        return std::string(e.what()) == "running_steps: signal " + std::to_string(SIGUSR2) +
                                            " is used by the program; give one that nobody uses, "
                                            "such as SIGRTMIN + 4";
      });
  ::sigaction(SIGUSR2, &before, &after);
  BOOST_TEST((after.sa_handler == mine.sa_handler));
  for (const int wrong : {SIGSEGV, SIGKILL, 1000, -1})
    BOOST_CHECK_THROW(static_cast<void>(running_steps({.signal = wrong})), std::invalid_argument);
}

BOOST_AUTO_TEST_CASE(a_thread_that_blocks_the_signal_stays_unexplained) {
  Timer ledger("ledger");
  Event may_go_on;
  const auto wrap = [&](auto& context) { return ledger.wrap(context); };
  StuckThread thread(
      wrap,
      [&] {
        sigset_t all;
        sigfillset(&all);
        ::pthread_sigmask(SIG_SETMASK, &all, nullptr);
        may_go_on.wait();
        sigemptyset(&all);
        ::pthread_sigmask(SIG_SETMASK, &all, nullptr);  // and then the signal comes
      },
      "deaf");
  while (steps_of("deaf").at(0).explained) {  // until it has blocked them
  }
  BOOST_TEST(!steps_of("deaf").at(0).explained);
  StuckThread another(wrap, "hears");
  BOOST_TEST(steps_of("hears").at(0).explained);
  may_go_on.happen();
  thread.go_on();
  BOOST_TEST(steps_of("hears").at(0).explained);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
