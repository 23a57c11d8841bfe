//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/live/stall_detector.hpp>

#include "common/c_library.hpp"
#include "common/manual_clock.hpp"
#include "common/quiet_timer.hpp"
#include "live/manual_watch.hpp"
#include "live/stuck_thread.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <initializer_list>
#include <iterator>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace perf_timer::test {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;
using detail::StallDetector;
using detail::Ticks;
using std::chrono::nanoseconds;
using Timer = QuietTimer<std::chrono::steady_clock>;
using Names = std::vector<std::string>;

BOOST_AUTO_TEST_SUITE(stall_detector)

BOOST_AUTO_TEST_CASE(a_step_is_told_once_it_lasts_as_long) {
  Watch watch;
  BOOST_TEST(watch.look(0).empty());
  StuckThread thread(instrumented, "too long");
  BOOST_TEST(watch.look_at_each({25 * ms, 50 * ms, 75 * ms, 100 * ms, 125 * ms - 1}).empty());
  const auto stalls = watch.look(125 * ms);
  BOOST_REQUIRE(stalls.size() == 1u);
  BOOST_TEST(stalls[0].thread_name == "too long");
  BOOST_TEST(!stalls[0].over);
  BOOST_TEST((stalls[0].lasted == 100ms));
  BOOST_TEST((stalls[0].lasted_at_most == nanoseconds(125ms)));
  BOOST_TEST(watch.look_at_each({150 * ms, 1000 * ms, 5000 * ms}).empty());
}

BOOST_AUTO_TEST_CASE(and_again_when_it_is_over) {
  Watch watch;
  static_cast<void>(watch.look(0));
  StuckThread thread(instrumented, "over");
  BOOST_TEST(watch.look_at_each({25 * ms, 125 * ms, 300 * ms}).size() == 1u);
  thread.go_on();
  const auto stalls = watch.look(325 * ms);
  BOOST_REQUIRE(stalls.size() == 1u);
  BOOST_TEST(stalls[0].thread_name == "over");
  BOOST_TEST(stalls[0].over);
  BOOST_TEST((stalls[0].lasted == 275ms));
  BOOST_TEST((stalls[0].lasted_at_most == nanoseconds(325ms)));
  BOOST_TEST(stalls[0].frames.empty());
  BOOST_TEST(watch.look(1000 * ms).empty());
}

BOOST_AUTO_TEST_CASE(also_by_a_watch_that_ends) {
  Watch watch;
  StuckThread over(instrumented, "over"), lasts(instrumented, "lasts");
  BOOST_TEST(watch.look_at_each({0, 125 * ms}).size() == 2u);
  StuckThread begins(instrumented, "begins");
  BOOST_TEST(watch.look(130 * ms).empty());
  over.go_on();
  const auto stalls = watch.finish(1000 * ms);
  BOOST_REQUIRE(stalls.size() == 1u);  // it tells nothing new
  BOOST_TEST(stalls[0].thread_name == "over");
  BOOST_TEST(stalls[0].over);
}

BOOST_AUTO_TEST_CASE(also_if_its_thread_has_ended) {
  Watch watch;
  std::uint64_t id = 0;
  {
    StuckThread thread(instrumented, "ends");
    id = watch.look_at_each({0, 100 * ms}).at(0).thread;
  }
  const auto stalls = watch.look(125 * ms);
  BOOST_REQUIRE(stalls.size() == 1u);
  BOOST_TEST(stalls[0].thread == id);
  BOOST_TEST(stalls[0].over);
}

BOOST_AUTO_TEST_CASE(steps_that_follow_each_other_are_no_stall) {
  Watch watch;
  static_cast<void>(watch.look(0));
  for (int step = 1; step <= 10; ++step) {
    asio::io_context context;
    asio::post(instrument(context), [&] { BOOST_TEST(watch.look(step * 99 * ms).empty()); });
    context.run();
  }
}

BOOST_AUTO_TEST_CASE(a_thread_that_is_in_no_step_is_none) {
  Watch watch;
  StuckThread thread(instrumented);
  thread.go_on();
  BOOST_TEST(watch.look_at_each({0, 1000 * ms, 5000 * ms}).empty());
}

BOOST_AUTO_TEST_CASE(a_step_on_a_plain_executor_is_not_seen) {
  Watch watch;
  StuckThread thread([](auto& context) { return context.get_executor(); });
  BOOST_TEST(watch.look_at_each({0, 1000 * ms}).empty());
}

BOOST_AUTO_TEST_CASE(what_happened_before_the_first_look_is_not_guessed) {
  StuckThread thread(instrumented, "before");
  Watch watch;
  const auto stalls = watch.look_at_each({0, 100 * ms});
  BOOST_REQUIRE(stalls.size() == 1u);
  BOOST_TEST((stalls[0].lasted == 100ms));
}

BOOST_AUTO_TEST_CASE(the_stuck_thread_says_for_whom_and_where) {
  Timer ledger("ledger"), all("all");
  Watch watch;
  StuckThread thread([&](auto& context) { return all.wrap(ledger.wrap(context)); });
  const auto stalls = watch.look_at_each({0, 100 * ms});
  BOOST_REQUIRE(stalls.size() == 1u);
  BOOST_TEST(stalls[0].timers == Names({"all", "ledger"}));
  BOOST_TEST(stalls[0].unexplained == "");
  BOOST_REQUIRE(stalls[0].frames.size() >= fewest_frames);
  for (const auto& frame : stalls[0].frames) {
    BOOST_TEST(frame.address != nullptr);
    BOOST_TEST(frame.function != "");
    BOOST_TEST(frame.function.find("on_question") == std::string::npos);
  }
}

BOOST_AUTO_TEST_CASE(functions_that_wait_on_the_same_executors_are_counted) {
  Timer ledger("ledger"), all("all");
  Watch watch;
  asio::io_context another;
  StuckThread thread([&](auto& context) { return ledger.wrap(context); });
  asio::post(ledger.wrap(another), [] {});
  asio::post(ledger.wrap(another), [] {});
  asio::post(all.wrap(another), [] {});
  BOOST_TEST(watch.look_at_each({0, 100 * ms}).at(0).waiting.value() == 2u);
  thread.go_on();
  another.run();
}

BOOST_AUTO_TEST_CASE(without_a_timer_nobody_knows_what_waits) {
  Watch watch;
  StuckThread thread(instrumented);
  BOOST_TEST(!watch.look_at_each({0, 100 * ms}).at(0).waiting.has_value());
}

BOOST_AUTO_TEST_CASE(timers_count_the_stalls_on_their_behalf) {
  Timer ledger("ledger"), get("GET"), other("other");
  Watch watch;
  IntervalReader intervals;
  Event may_go_on, is_open;
  StuckThread thread([&](auto& context) { return ledger.wrap(context); },
                     [&] {
                       const auto run = get.measure();
                       is_open.happen();
                       may_go_on.wait();
                     },
                     "counted");
  is_open.wait();
  const auto check = [&](std::uint64_t stalls, std::optional<nanoseconds> longest) {
    for (const Timer* timer : {&ledger, &get}) {
      BOOST_TEST(timer->snapshot().stalls == stalls);
      BOOST_TEST((timer->snapshot().longest_stall == longest));
    }
    BOOST_TEST(other.snapshot().stalls == 0u);
  };
  check(0, {});
  BOOST_TEST(watch.look_at_each({0, 100 * ms, 200 * ms}).size() == 1u);
  check(1, 100ms);
  BOOST_TEST(intervals.next().timers.at(0).stalls == 1u);
  may_go_on.happen();
  thread.go_on();
  BOOST_TEST(watch.look(300 * ms).size() == 1u);
  check(1, 200ms);
  const auto interval = intervals.next().timers.at(0);
  BOOST_TEST(interval.stalls == 0u);
  BOOST_TEST((interval.longest_stall == nanoseconds(200ms)));
  BOOST_TEST(!intervals.next().timers.at(0).longest_stall.has_value());
  ledger.reset();
  get.reset();
  check(0, {});
}

BOOST_AUTO_TEST_CASE(of_two_watches_the_first_counts) {
  Timer ledger("ledger");
  Watch first, second;
  StuckThread thread([&](auto& context) { return ledger.wrap(context); });
  BOOST_TEST(second.look_at_each({0, 100 * ms}).size() == 1u);
  BOOST_TEST(ledger.snapshot().stalls == 0u);
  BOOST_TEST(first.look(2 * 3'600'000 * ms).size() == 1u);  // of what the other one has seen
  BOOST_TEST(ledger.snapshot().stalls == 1u);
}

BOOST_AUTO_TEST_CASE(symbols_are_found_by_who_knows_them) {
  std::vector<const void*> asked;
  Watch watch({.symbols = [&](std::span<const void* const> addresses) {
    asked.assign(addresses.begin(), addresses.end());
    return std::vector<StackFrame>{{addresses[0], "read_block", "disk.cpp", 42}};
  }});
  StuckThread thread(instrumented);
  const auto stalls = watch.look_at_each({0, 100 * ms});
  BOOST_REQUIRE(stalls.at(0).frames.size() == 1u);
  BOOST_TEST(stalls[0].frames[0].function == "read_block");
  BOOST_TEST(stalls[0].frames[0].address == asked.at(0));
  BOOST_TEST(asked.size() >= fewest_frames);
}

BOOST_AUTO_TEST_CASE(who_knows_them_may_prepare) {
  int calls = 0;
  const StallDetector watch({.symbols =
                                 [&](std::span<const void* const> addresses) {
                                   ++calls;
                                   BOOST_TEST(addresses.size() == 1u);
                                   return std::vector<StackFrame>(1);
                                 }},
                            patience);
  watch.prepare();
  BOOST_TEST(calls == 1);
}

BOOST_AUTO_TEST_CASE(symbols_that_cannot_be_found_hold_up_nothing) {
  Watch watch({.symbols = [](auto) -> std::vector<StackFrame> { throw std::runtime_error("no"); }});
  StuckThread thread(instrumented);
  BOOST_TEST(watch.look_at_each({0, 100 * ms}).at(0).frames.size() >= fewest_frames);
}

BOOST_AUTO_TEST_CASE(a_step_is_no_longer_because_the_watch_is_preempted) {
  Watch watch;
  BOOST_TEST(watch.look(0).empty());
  StuckThread thread(instrumented);
  BOOST_TEST(watch.look_preempted(10 * ms, 105 * ms).empty());  // it may have begun at 105
  BOOST_TEST(watch.look(204 * ms).empty());
  const auto stalls = watch.look_preempted(205 * ms, 300 * ms);
  BOOST_REQUIRE(stalls.size() == 1u);
  BOOST_TEST((stalls[0].lasted == 100ms));
  BOOST_TEST((stalls[0].lasted_at_most == 300ms));
}

BOOST_AUTO_TEST_CASE(a_step_that_ends_while_the_watch_is_preempted_may_have_lasted_so_long) {
  Watch watch;
  BOOST_TEST(watch.look(0).empty());
  StuckThread thread(instrumented);
  BOOST_TEST(watch.look_at_each({25 * ms, 125 * ms}).size() == 1u);
  thread.go_on();
  const auto stalls = watch.look_preempted(150 * ms, 300 * ms);
  BOOST_REQUIRE(stalls.size() == 1u);
  BOOST_TEST(stalls[0].over);
  BOOST_TEST((stalls[0].lasted == 100ms));
  BOOST_TEST((stalls[0].lasted_at_most == 300ms));
}

BOOST_AUTO_TEST_CASE(what_nobody_takes_is_only_counted) {
  Watch watch;
  StuckThread thread(instrumented);
  watch.hold_all_back(true);
  BOOST_TEST(watch.look_at_each({0, 100 * ms}).empty());
  thread.go_on();
  watch.hold_all_back(false);
  const auto stalls = watch.finish(125 * ms);
  BOOST_REQUIRE(stalls.size() == 1u);
  BOOST_TEST(stalls[0].held_back == 1u);
}

BOOST_AUTO_TEST_CASE(without_a_backtrace_the_timers_are_told) {
  Timer ledger("ledger");
  Watch watch({.backtrace = false});
  StuckThread thread([&](auto& context) { return ledger.wrap(context); });
  const auto stall = watch.look_at_each({0, 100 * ms}).at(0);
  BOOST_TEST(stall.timers == Names{"ledger"});
  BOOST_TEST(stall.frames.empty());
}

BOOST_AUTO_TEST_CASE(nobody_is_asked_unless_wanted) {
  Timer ledger("ledger");
  Watch watch({.ask = false});
  StuckThread thread([&](auto& context) { return ledger.wrap(context); }, "unasked");
  const auto stall = watch.look_at_each({0, 100 * ms}).at(0);
  BOOST_TEST(stall.thread_name == "unasked");
  BOOST_TEST(stall.timers.empty());
  BOOST_TEST(stall.frames.empty());
  BOOST_TEST(stall.unexplained == "");
}

/// Executes a step by one clock, and later inside it one by another.
class NestedSteps {
 public:
  NestedSteps()
      : thread_([this](auto& context) { return outer_.wrap(context); },
                [this] {
                  may_go_in_.wait();
                  asio::io_context context;
                  asio::post(inner_.wrap(context), [this] {
                    is_inside_.happen();
                    may_go_out_.wait();
                  });
                  context.run();
                  is_outside_.happen();
                  may_go_on_.wait();
                },
                "nested") {}
  ~NestedSteps() {
    may_go_in_.happen();
    may_go_out_.happen();
    may_go_on_.happen();
  }
  void go_in() {
    may_go_in_.happen();
    is_inside_.wait();
  }
  void go_out() {
    may_go_out_.happen();
    is_outside_.wait();
  }

 private:
  Timer outer_{"outer"};
  QuietTimer<tsc_clock> inner_{"inner"};
  Event may_go_in_, is_inside_, may_go_out_, is_outside_, may_go_on_;
  StuckThread thread_;
};

BOOST_AUTO_TEST_CASE(steps_by_several_clocks_are_one_stall) {
  Watch watch;
  NestedSteps steps;
  static_cast<void>(watch.look(20 * ms));
  steps.go_in();
  static_cast<void>(watch.look(50 * ms));
  auto stall = watch.look(200 * ms);
  BOOST_REQUIRE(stall.size() == 1u);
  BOOST_TEST((stall[0].lasted == 180ms));
  BOOST_TEST(std::ranges::count(stall[0].timers, "outer") == 1);
  BOOST_TEST(std::ranges::count(stall[0].timers, "inner") == 1);
  steps.go_out();
  BOOST_TEST(watch.look(300 * ms).empty());
}

BOOST_AUTO_TEST_CASE(whichever_of_them_lasts_for_too_long_first) {
  Watch watch;
  NestedSteps steps;
  static_cast<void>(watch.look(20 * ms));
  steps.go_in();
  BOOST_TEST(watch.look_at_each({50 * ms, 120 * ms}).size() == 1u);
  BOOST_TEST(watch.look_at_each({150 * ms, 500 * ms}).empty());
}

BOOST_AUTO_TEST_CASE(a_thread_that_waits_is_not_on_a_processor) {
  Watch watch;
  StuckThread thread(instrumented);
  static_cast<void>(watch.look(0));
  // So far the clock is the test's, so a waiting thread has next to nothing of an hour.
  const auto stall = watch.look(3'000'000 * ms).at(0);
  BOOST_REQUIRE(stall.on_processor.has_value());
  BOOST_TEST(*stall.on_processor < 0.01);
}

BOOST_AUTO_TEST_CASE(one_that_computes_is) {
  std::atomic<bool> enough = false;
  Watch watch({.longer_than = 1ms, .ask = false});
  StuckThread thread(
      instrumented,
      [&] {
        while (!enough) {
        }
      },
      "computes");
  const auto used = [] {
    nanoseconds time{};
    detail::WatchedThreads().for_each([&](const detail::WatchedThread& t) {
      if (std::string(t.handle.name().data()) == "computes")
        time = t.handle.processor_time().value();
    });
    return time;
  };
  static_cast<void>(watch.look(0));
  const auto begin = used();
  while (used() - begin < 1ms) std::this_thread::yield();
  const auto stall = watch.look(1 * ms).at(0);
  enough = true;
  BOOST_TEST(*stall.on_processor == 1);
}

BOOST_AUTO_TEST_CASE(so_many_are_told_in_a_minute_and_the_others_counted) {
  Watch watch({.most_per_minute = 2, .ask = false});
  Ticks at = 0;
  const auto stall_again = [&] {
    StuckThread thread(instrumented);
    BOOST_TEST(watch.look(at).empty());
    auto told = watch.look(at += 1000 * ms);
    thread.go_on();
    const auto over = watch.look(at += 1000 * ms);
    BOOST_TEST(over.size() == told.size());  // who wasn't told needs not be told that it is over
    return told;
  };
  BOOST_TEST(stall_again().at(0).held_back == 0u);
  BOOST_TEST(stall_again().at(0).held_back == 0u);
  for (int i = 0; i < 3; ++i) BOOST_TEST(stall_again().empty());
  // The next one is seen before anybody has looked in the new minute.
  StuckThread thread(instrumented);
  BOOST_TEST(watch.look(at).empty());
  BOOST_TEST(watch.look(at += 60'000 * ms).at(0).held_back == 3u);
  thread.go_on();
  BOOST_TEST(watch.look(at += 1000 * ms).size() == 1u);
  BOOST_TEST(stall_again().at(0).held_back == 0u);
  BOOST_TEST(stall_again().empty());
}

BOOST_AUTO_TEST_CASE(the_number_of_the_others_is_told_when_the_minute_or_the_watch_ends) {
  Watch watch({.most_per_minute = 1, .ask = false});
  StuckThread a(instrumented), b(instrumented), c(instrumented);
  BOOST_TEST(watch.look_at_each({0, 1000 * ms}).size() == 1u);
  BOOST_TEST(watch.look(60'000 * ms).empty());
  const auto alone = watch.look(61'000 * ms);
  BOOST_REQUIRE(alone.size() == 1u);
  BOOST_TEST(alone[0].held_back == 2u);
  BOOST_TEST((alone[0].lasted == 0ms));
  BOOST_TEST(watch.look(122'000 * ms).empty());
  for (StuckThread* thread : {&a, &b, &c}) thread->go_on();
  BOOST_TEST(watch.look(123'000 * ms).size() == 1u);

  StuckThread d(instrumented), e(instrumented);
  BOOST_TEST(watch.look_at_each({200'000 * ms, 201'000 * ms}).size() == 1u);
  const auto last = watch.finish(202'000 * ms);
  BOOST_REQUIRE(last.size() == 1u);
  BOOST_TEST(last[0].held_back == 1u);
}

BOOST_AUTO_TEST_CASE(open_runs_have_a_limit_of_their_own) {
  QuietTimer<ManualClock> timer("open");
  Watch watch({.open_longer_than = 1s, .most_per_minute = 1, .ask = false});
  auto first = timer.start(), second = timer.start(), third = timer.start();
  ManualClock::advance(1'000'000'000);
  const auto runs = watch.look(0);
  BOOST_REQUIRE(runs.size() == 1u);
  BOOST_TEST(runs[0].open_run.has_value());
  StuckThread a(instrumented), b(instrumented);
  const auto steps = watch.look_at_each({1 * ms, 200 * ms});
  BOOST_REQUIRE(steps.size() == 1u);
  BOOST_TEST(!steps[0].open_run.has_value());
  const auto alone = watch.look(61'000 * ms);
  BOOST_REQUIRE(alone.size() == 1u);
  BOOST_TEST(alone[0].held_back == 1u);
  BOOST_TEST(alone[0].held_back_runs == 2u);
}

BOOST_AUTO_TEST_CASE(several_threads_are_told_at_once) {
  Watch watch;
  StuckThread a(instrumented, "a"), b(instrumented, "b");
  auto stalls = watch.look_at_each({0, 100 * ms});
  BOOST_REQUIRE(stalls.size() == 2u);
  std::ranges::sort(stalls, {}, &Stall::thread_name);
  BOOST_TEST(stalls[0].thread_name == "a");
  BOOST_TEST(stalls[1].thread_name == "b");
  for (const auto& stall : stalls) BOOST_TEST(stall.frames.size() >= fewest_frames);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
