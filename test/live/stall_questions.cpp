//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// How a stall watch asks stuck threads, and what it does if they don't answer.
#include <perf_timer/detail/live/stall_detector.hpp>
#include <perf_timer/detail/platform/attributes.hpp>
#include <perf_timer/detail/platform/backtrace.hpp>
#include <perf_timer/detail/platform/thread_questions.hpp>

#include "common/quiet_timer.hpp"
#include "live/manual_watch.hpp"
#include "live/stuck_thread.hpp"

#include <pthread.h>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

#include <chrono>
#include <csignal>
#include <iterator>
#include <list>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace perf_timer::test {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;
using Timer = QuietTimer<std::chrono::steady_clock>;
using Names = std::vector<std::string>;

const auto instrumented = [](auto& context) { return instrument(context); };

BOOST_AUTO_TEST_SUITE(stall_questions)

/// A step that takes no signal until the test says so.
class Deaf {
 public:
  Deaf() {
    sigset_t all;
    sigfillset(&all);
    ::pthread_sigmask(SIG_SETMASK, &all, &before_);
  }
  ~Deaf() { ::pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  /// Waits until this thread would have been interrupted.
  static void wait_until_asked() {
    for (sigset_t pending;; std::this_thread::yield()) {
      sigpending(&pending);
      if (sigismember(&pending, detail::default_question_signal()) == 1) return;
    }
  }

 private:
  sigset_t before_;
};

// Each answers when both have been asked. So nobody waits for one answer before the next question.
BOOST_AUTO_TEST_CASE(all_are_asked_before_anybody_must_answer) {
  Watch watch({}, 10s);
  Event is_asked[2], is_deaf[2], may_go_on;
  const auto answers_after = [&](Event& other, Event& mine, Event& deaf) {
    return [&] {
      {
        const Deaf here;
        deaf.happen();
        Deaf::wait_until_asked();
        mine.happen();
        other.wait();
      }
      may_go_on.wait();
    };
  };
  StuckThread a(instrumented, answers_after(is_asked[1], is_asked[0], is_deaf[0]), "a");
  StuckThread b(instrumented, answers_after(is_asked[0], is_asked[1], is_deaf[1]), "b");
  for (Event& deaf : is_deaf) deaf.wait();
  const auto stalls = watch.look_at_each({0, 100 * ms});
  may_go_on.happen();
  BOOST_REQUIRE(stalls.size() == 2u);
  for (const Stall& stall : stalls) BOOST_TEST(stall.unexplained == "");
}

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

BOOST_AUTO_TEST_CASE(a_step_that_ends_before_its_thread_answers) {
  Watch watch;
  Event is_deaf, has_ended;
  std::optional<Deaf> deaf;
  asio::io_context* its = nullptr;
  StuckThread thread(
      [&](auto& context) {
        its = &context;
        return instrument(context);
      },
      [&] {
        deaf.emplace();
        asio::post(*its, [&] { deaf.reset(); });  // in no step
        is_deaf.happen();
        Deaf::wait_until_asked();
      },
      "ends");
  is_deaf.wait();
  const auto stalls = watch.look_at_each({0, 100 * ms});
  BOOST_REQUIRE(stalls.size() == 1u);
  BOOST_TEST(stalls[0].over);
  BOOST_TEST(!stalls[0].on_processor.has_value());
  BOOST_TEST(stalls[0].unexplained == "it ended before its thread could be asked");
  BOOST_TEST(watch.look(200 * ms).empty());
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
