//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/live/stall_detector.hpp>
#include <perf_timer/thread_snapshots.hpp>
#include <perf_timer/write_report.hpp>

#include "common/name_this_thread.hpp"
#include "common/quiet_timer.hpp"
#include "live/stuck_thread.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <optional>
#include <sstream>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace perf_timer::test {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;
using Timer = QuietTimer<std::chrono::steady_clock>;
using Executed = std::vector<ExecutedFor>;

/// A watch that looks when the test says so.
class Watch {
 public:
  void look(int times = 1) {
    for (; times != 0; --times) static_cast<void>(detector_.look(&detail::steady_now));
  }

 private:
  detail::StallDetector detector_{{.longer_than = 1h, .ask = false}, 60s};
};

ThreadSnapshot snapshot_of(const std::string& name) {
  const auto all = thread_snapshots();
  const auto found = std::ranges::find(all, name, &ThreadSnapshot::name);
  BOOST_REQUIRE(found != all.end());
  return *found;
}

BOOST_AUTO_TEST_SUITE(thread_snapshots_)

BOOST_AUTO_TEST_CASE(without_a_watch_processor_time_and_steps_are_known) {
  StuckThread thread(instrumented, "unwatched");
  const auto snapshot = snapshot_of("unwatched");
  BOOST_TEST(snapshot.thread != 0u);
  BOOST_TEST(snapshot.steps == 1u);
  BOOST_TEST((snapshot.age > 0ns));
  BOOST_TEST(snapshot.steps_per_second() > 0);
  BOOST_REQUIRE(snapshot.processor_time.has_value());
#if defined(_WIN32)
  BOOST_TEST((*snapshot.processor_time >= 0ns));  // in periods of the system's timer
#else
  BOOST_TEST((*snapshot.processor_time > 0ns));
#endif
  BOOST_TEST(snapshot.samples == 0u);
  BOOST_TEST(!snapshot.in_steps().has_value());
  BOOST_TEST(snapshot.executed.empty());
  BOOST_TEST(snapshot.ended == 0u);
}

BOOST_AUTO_TEST_CASE(a_thread_that_computes_uses_processor_time) {
  std::atomic<bool> enough = false;
  StuckThread thread(
      instrumented,
      [&] {
        while (!enough) {
        }
      },
      "computes");
  const auto before = snapshot_of("computes").processor_time.value();
  while (snapshot_of("computes").processor_time.value() - before < 1ms) std::this_thread::yield();
  enough = true;
}

BOOST_AUTO_TEST_CASE(a_watch_samples_what_is_executed_in_no_run) {
  Watch watch;
  StuckThread thread(instrumented, "in no run");
  watch.look(3);
  const auto snapshot = snapshot_of("in no run");
  BOOST_TEST(snapshot.samples == 3u);
  BOOST_TEST(snapshot.idle == 0u);
  BOOST_TEST((snapshot.executed == Executed{{"", "", 3}}));
}

BOOST_AUTO_TEST_CASE(and_that_nothing_is) {
  Watch watch;
  StuckThread thread(instrumented, "idle");
  watch.look();
  thread.go_on();
  watch.look(3);
  const auto snapshot = snapshot_of("idle");
  BOOST_TEST(snapshot.samples == 4u);
  BOOST_TEST(snapshot.idle == 3u);
  BOOST_TEST(snapshot.in_steps().value() == 0.25);
}

BOOST_AUTO_TEST_CASE(functions_of_a_wrapped_executor) {
  Timer ledger("ledger");
  Watch watch;
  StuckThread thread([&](auto& context) { return ledger.wrap(context); }, "wrapped");
  watch.look(2);
  BOOST_TEST((snapshot_of("wrapped").executed == Executed{{"", "ledger", 2}}));
  thread.go_on();
}

BOOST_AUTO_TEST_CASE(a_run_and_the_executor_that_it_is_in) {
  Timer session("session"), get("GET"), ledger("ledger");
  Event is_open, may_end, has_ended, may_go_on;
  Watch watch;
  StuckThread thread([&](auto& context) { return ledger.wrap(context); },
                     [&] {
                       const auto outer = session.measure();
                       {
                         const auto run = get.measure();
                         is_open.happen();
                         may_end.wait();
                       }
                       has_ended.happen();
                       may_go_on.wait();
                     },
                     "in a run");
  is_open.wait();
  watch.look(3);
  may_end.happen();
  has_ended.wait();
  watch.look(2);
  const auto executed = snapshot_of("in a run").executed;
  may_go_on.happen();
  thread.go_on();
  BOOST_TEST((executed == Executed{{"GET", "ledger", 3}, {"session", "ledger", 2}}));
}

/// Executes a function, on an executor, inside another function.
class Nested {
 public:
  template <class Outer, class Inner>
  Nested(Outer outer, Inner inner, std::string name)
      : thread_(
            std::move(outer),
            [this, inner] {
              asio::io_context context;
              asio::post(inner(context), [this] {
                inside_.happen();
                may_leave_.wait();
              });
              context.run();
              outside_.happen();
              may_end_.wait();
            },
            std::move(name)) {
    inside_.wait();
  }
  ~Nested() {
    may_leave_.happen();
    may_end_.happen();
  }
  void leave() {
    may_leave_.happen();
    outside_.wait();
  }

 private:
  Event inside_, may_leave_, outside_, may_end_;
  StuckThread thread_;
};

// By a clock whose steps aren't compiled into the library, so that mutants are seen.
BOOST_AUTO_TEST_CASE(of_functions_inside_each_other_the_innermost_that_has_a_timer) {
  QuietTimer<tsc_clock> outer("outer"), inner("inner");
  Timer other_clock("other clock");
  const auto of = [](auto& timer) { return [&](auto& context) { return timer.wrap(context); }; };
  const auto without_timer = [](auto& context) { return instrument<tsc_clock>(context); };
  Watch watch;
  const auto check = [&](Nested& nested, const std::string& name, const Executed& expected) {
    watch.look(2);
    nested.leave();
    watch.look();
    BOOST_TEST((snapshot_of(name).executed == expected), name);
  };
  {
    Nested nested(of(outer), of(inner), "both timed");
    check(nested, "both timed", {{"", "inner", 2}, {"", "outer", 1}});
  }
  {
    Nested nested(of(outer), without_timer, "outer timed");
    check(nested, "outer timed", {{"", "outer", 3}});
  }
  {
    Nested nested(without_timer, of(inner), "inner timed");
    check(nested, "inner timed", {{"", "inner", 2}, {"", "", 1}});
  }
  {
    Nested nested(without_timer, of(other_clock), "another clock");
    check(nested, "another clock", {{"", "other clock", 2}, {"", "", 1}});
  }
}

// The function is one step of each executor.
BOOST_AUTO_TEST_CASE(an_executor_below_one_without_a_timer) {
  Timer below("below");
  Watch watch;
  StuckThread thread(
      [&](auto& context) { return instrument(asio::any_io_executor(below.wrap(context))); },
      "layers");
  watch.look();
  BOOST_TEST((snapshot_of("layers").executed == Executed{{"", "below", 1}}));
}

BOOST_AUTO_TEST_CASE(a_step_that_follows_has_its_own_timer_or_none) {
  Timer ledger("ledger");
  Watch watch;
  asio::io_context context;
  Executed executed;
  std::thread([&] {
    name_this_thread("follows");
    const auto look = [&] { watch.look(); };
    asio::post(ledger.wrap(context), look);
    asio::post(instrument(context), look);
    context.run();
    executed = snapshot_of("follows").executed;
  }).join();
  BOOST_TEST((executed == Executed{{"", "", 1}, {"", "ledger", 1}}));
}

BOOST_AUTO_TEST_CASE(threads_that_have_ended_are_one) {
  const auto ended = [] {
    const auto all = thread_snapshots();
    return !all.empty() && all.back().ended != 0 ? all.back() : ThreadSnapshot{};
  };
  Watch watch;
  const auto before = ended();
  {
    StuckThread thread(instrumented, "ends");
    watch.look(2);
  }
  for (int looks = 0; looks < 2; ++looks) {
    const auto after = ended();
    BOOST_TEST(after.ended == before.ended + 1);
    BOOST_TEST(after.samples == before.samples + 2);
    BOOST_TEST(!after.processor_time.has_value());
    watch.look();
  }
}

BOOST_AUTO_TEST_CASE(two_watches_count_once) {
  std::optional<Watch> first(std::in_place), second(std::in_place);
  StuckThread thread(instrumented, "twice");
  for (int i = 0; i < 3; ++i) {
    first->look();
    second->look();
  }
  BOOST_TEST(snapshot_of("twice").samples == 3u);
  first.reset();
  second->look();
  BOOST_TEST(snapshot_of("twice").samples == 4u);
}

BOOST_AUTO_TEST_CASE(the_report_has_them_at_its_foot) {
  Timer ledger("ledger");
  Watch watch;
  StuckThread thread([&](auto& context) { return ledger.wrap(context); }, "reported");
  watch.look();
  std::ostringstream text;
  write_report(text);
  BOOST_TEST(text.str().find("\nthreads: ") != std::string::npos);
  BOOST_TEST(text.str().ends_with(" samples)\n"));
  thread.go_on();
}

// What a thread executed may be destroyed as soon as it is over.
BOOST_AUTO_TEST_CASE(executors_and_runs_may_go_while_somebody_looks) {
  Watch watch;
  std::atomic<bool> done = false;
  std::thread busy([&] {
    for (int i = 0; i < 2000; ++i) {
      Timer ledger("ledger"), get("GET");
      asio::io_context context;
      asio::post(ledger.wrap(context), [&] {
        const auto run = get.measure();
        asio::dispatch(ledger.wrap(context), [] {});
      });
      context.run();
    }
    done = true;
  });
  while (!done) watch.look();
  busy.join();
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
