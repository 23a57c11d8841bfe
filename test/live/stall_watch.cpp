//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/stall_watch.hpp>

#include "common/quiet_timer.hpp"
#include "live/stuck_thread.hpp"
#include "live/told.hpp"

#include <chrono>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace perf_timer::test {
namespace {

using namespace std::chrono_literals;

BOOST_AUTO_TEST_SUITE(stall_watch)

BOOST_AUTO_TEST_CASE(tells_a_stall_while_it_lasts_and_when_it_is_over) {
  Told told;
  const auto watch = watch_stalls(telling(told));
  StuckThread thread(instrumented, "stuck");
  const Stall stall = told.wait_for("stuck");
  BOOST_TEST((stall.lasted >= 20ms));
  thread.go_on();
  BOOST_TEST((told.wait_for("stuck", true).lasted >= stall.lasted));
}

BOOST_AUTO_TEST_CASE(goes_on_where_it_is_moved) {
  Told told;
  std::optional<StallWatch> first(watch_stalls(telling(told)));
  StallWatch second(std::move(*first));
  first.reset();
  StallWatch third = watch_stalls({.sink = [](const Stall&) {}});
  third = std::move(second);
  StuckThread thread(instrumented, "moved");
  BOOST_TEST(!told.wait_for("moved").over);
}

BOOST_AUTO_TEST_CASE(two_may_watch_at_once) {
  Told one, other;
  const auto first = watch_stalls(telling(one));
  const auto second = watch_stalls(telling(other));
  StuckThread thread(instrumented, "twice");
  BOOST_TEST(one.wait_for("twice").timers == other.wait_for("twice").timers);
}

BOOST_AUTO_TEST_CASE(goes_on_if_its_sink_throws) {
  Told told;
  Event has_thrown;
  StallWatchOptions options = telling(told);
  options.sink = [&](const Stall& stall) {
    told(stall);
    if (stall.thread_name != "thrown at") return;
    has_thrown.happen();
    throw std::runtime_error("not now");
  };
  const auto watch = watch_stalls(std::move(options));
  StuckThread first(instrumented, "thrown at");
  has_thrown.wait();
  StuckThread second(instrumented, "told");
  BOOST_TEST(!told.wait_for("told").over);
}

/// What holds up who tells, until it may go on.
class HoldUp {
 public:
  void operator()() {
    has_begun_.happen();
    may_go_on_.wait();
  }
  void wait() { has_begun_.wait(); }
  void end() { may_go_on_.happen(); }

 private:
  Event has_begun_, may_go_on_;
};

/// While who tells is held up, a step blocks its thread, and ends. Returns what is told of that
/// later. A stall is counted when it is seen.
template <class Where>
Stall told_late(Where where) {
  QuietTimer<std::chrono::steady_clock> timer("seen");
  Told told;
  HoldUp hold_up;
  StallWatchOptions options = telling(told);
  where(options, hold_up);
  const auto watch = watch_stalls(std::move(options));
  StuckThread first(instrumented, "first");
  hold_up.wait();
  StuckThread second([&](auto& context) { return timer.wrap(context); }, "second");
  while (timer.snapshot().stalls == 0) std::this_thread::yield();
  second.go_on();
  hold_up.end();
  BOOST_TEST(told.wait_for("second").timers.size() == 1u);
  return told.wait_for("second", true);
}

BOOST_AUTO_TEST_CASE(a_sink_that_takes_long_keeps_no_stall_from_being_seen) {
  BOOST_TEST(told_late([](StallWatchOptions& options, HoldUp& hold_up) {
               options.sink = [sink = options.sink, &hold_up](const Stall& stall) {
                 if (stall.thread_name == "first") hold_up();
                 sink(stall);
               };
             }).over);
}

BOOST_AUTO_TEST_CASE(nor_do_symbols_that_take_long_to_find) {
  BOOST_TEST(told_late([](StallWatchOptions& options, HoldUp& hold_up) {
               options.symbols = [&](std::span<const void* const> addresses) {
                 hold_up();
                 return std::vector<StackFrame>(addresses.size());
               };
             }).over);
}

BOOST_AUTO_TEST_CASE(tells_runs_that_do_not_end) {
  QuietTimer<std::chrono::steady_clock> timer("does not end");
  Event told, ended;
  StallWatchOptions options{.longer_than = 1h, .open_longer_than = 4ms};
  options.sink = [&](const Stall& stall) {
    if (stall.open_run && stall.open_run->name == "does not end")
      stall.over ? ended.happen() : told.happen();
  };
  auto run = timer.start();
  const auto watch = watch_stalls(std::move(options));
  told.wait();
  run.stop();
  ended.wait();
}

BOOST_AUTO_TEST_CASE(refuses_what_makes_no_sense) {
  BOOST_CHECK_THROW(static_cast<void>(watch_stalls({.most_per_minute = 0})), std::invalid_argument);
  for (const auto open : {-1ns, 1ns, 999'999ns})
    BOOST_CHECK_THROW(static_cast<void>(watch_stalls({.open_longer_than = open})),
                      std::invalid_argument);
  for (const auto longer_than : {0ns, -1ns, 999'999ns})
    BOOST_CHECK_THROW(static_cast<void>(watch_stalls({.longer_than = longer_than})),
                      std::invalid_argument);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
