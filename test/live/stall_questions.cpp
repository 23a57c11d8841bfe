//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// How a stall watch asks stuck threads, and what it does if they don't answer.
#include <perf_timer/detail/live/stall_detector.hpp>
#include <perf_timer/detail/platform/attributes.hpp>
#include <perf_timer/detail/platform/backtrace.hpp>

#include "common/quiet_timer.hpp"
#include "live/manual_watch.hpp"
#include "live/stuck_thread.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/io_context.hpp>

#include <chrono>
#include <iterator>
#include <list>
#include <string>
#include <vector>

namespace perf_timer::test {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;
using Timer = QuietTimer<std::chrono::steady_clock>;
using Names = std::vector<std::string>;

BOOST_AUTO_TEST_SUITE(stall_questions)

BOOST_AUTO_TEST_CASE(more_threads_than_can_be_asked_at_once) {
  Watch watch({.most_per_minute = 1000, .backtrace = false});
  Timer ledger("ledger");
  std::list<StuckThread> threads;
  for (int i = 0; i < 70; ++i)
    threads.emplace_back([&](auto& context) { return ledger.wrap(context); });
  const auto stalls = watch.look_at_each({0, 100 * ms});
  BOOST_TEST(stalls.size() == 70u);
  for (const Stall& stall : stalls) BOOST_TEST(stall.timers == Names{"ledger"});
}

PERF_TIMER_NOINLINE void blocks_deep_inside(int depth, Event& until) {
  if (depth == 0)
    blocks_its_thread(until);
  else
    blocks_deep_inside(depth - 1, until);
  static volatile int after = 0;
  after = after + 1;
}

BOOST_AUTO_TEST_CASE(what_there_is_no_room_for_is_said) {
  std::list<Timer> timers;
  Watch watch;
  Event may_go_on, is_open;
  const auto block = [&](int depth) {
    return [&, depth] {
      const auto with_run = [&](const auto& again, std::list<Timer>::iterator timer) -> void {
        if (timer == timers.end()) {
          is_open.happen();
          return blocks_deep_inside(depth, may_go_on);
        }
        const auto run = timer->measure();
        again(again, std::next(timer));
      };
      with_run(with_run, timers.begin());
    };
  };
  for (int i = 0; i < 33; ++i) timers.emplace_back();
  StuckThread thread(
      [&](auto& context) {
        asio::any_io_executor executor = context.get_executor();
        for (Timer& timer : timers) executor = timer.wrap(executor);
        return executor;
      },
      block(100), "deep");
  is_open.wait();
  const auto stall = watch.look_at_each({0, 100 * ms}).at(0);
  may_go_on.happen();
  BOOST_TEST(stall.frames.size() == (detail::backtraces_have_callers ? 64u : 1u));
  BOOST_TEST(stall.more_frames);
  BOOST_TEST(stall.more_timers);
  BOOST_TEST(stall.more_runs);
  thread.go_on();
  const auto over = watch.look(200 * ms).at(0);
  BOOST_TEST(!over.more_frames);
}

BOOST_AUTO_TEST_CASE(what_there_is_room_for_is_all) {
  Timer ledger("ledger");
  Watch watch;
  StuckThread thread([&](auto& context) { return ledger.wrap(context); });
  const auto stall = watch.look_at_each({0, 100 * ms}).at(0);
  BOOST_TEST(stall.more_frames == !detail::backtraces_have_callers);
  BOOST_TEST(!stall.more_timers);
  BOOST_TEST(!stall.more_runs);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
