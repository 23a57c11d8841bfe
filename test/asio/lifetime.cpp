//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// What is promised about lifetimes of timers, contexts, threads and executors.
#include "common/quiet_timer.hpp"
#include "common/waiting.hpp"
#include "common/world.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

namespace perf_timer::test {
namespace {

using Clock = ManualClock;
using Timer = QuietTimer<Clock>;

BOOST_AUTO_TEST_SUITE(lifetime)

BOOST_AUTO_TEST_CASE(handlers_outlive_the_timer) {
  asio::io_context context;
  int ran = 0;
  {
    Timer timer;
    for (int i = 0; i < 3; ++i) asio::post(timer.wrap(asio::make_strand(context)), [&] { ++ran; });
  }
  Timer another("another");  // may get the memory of the destroyed one
  context.run();
  BOOST_TEST(ran == 3);
  check_outcomes(another, 0, 0, 0);
}

BOOST_AUTO_TEST_CASE(an_executor_is_used_after_its_timer_has_gone) {
  asio::io_context context;
  std::optional<Timer> timer(std::in_place);
  const asio::any_io_executor executor = timer->wrap(context);
  timer.reset();
  int ran = 0;
  asio::post(executor, [&] { ++ran; });
  context.run();
  BOOST_TEST(ran == 1);
}

BOOST_AUTO_TEST_CASE(coroutines_outlive_the_timer) {
  asio::io_context context;
  asio::steady_timer timer_has_gone(context, asio::steady_timer::time_point::max());
  std::optional<Timer> timer(std::in_place);
  bool ended = false;
  const auto program = [&]() -> asio::awaitable<void> {
    const auto run = timer->measure();
    co_await until_cancelled(timer_has_gone);
    ended = true;
  };
  asio::co_spawn(instrument<Clock>(context), program(), asio::detached);
  context.poll();
  BOOST_TEST(!ended);
  timer.reset();
  timer_has_gone.cancel();
  context.run();
  BOOST_TEST(ended);
}

BOOST_AUTO_TEST_CASE(the_timer_dies_inside_its_own_handler) {
  asio::io_context context;
  auto timer = std::make_unique<Timer>();
  asio::post(timer->wrap(context), [&] { timer.reset(); });
  context.run();
  BOOST_TEST(!timer);
}

BOOST_AUTO_TEST_CASE(the_timer_reports_what_ended_before_it_died) {
  asio::io_context context;
  std::string line;
  {
    BasicAsioPerfTimer<Clock> timer(
        "early", {.observer = AverageObserver{}, .log = [&](std::string_view l) { line = l; }});
    const auto executor = timer.wrap(context);
    for (int i = 0; i < 3; ++i) asio::post(executor, [] { compute<Clock>(1000); });
    context.poll_one();
    context.poll_one();
  }
  BOOST_TEST(line ==
             "timer \"early\": average 1.00 usec, max 1.000 usec in 2 runs, 1 open (waiting for "
             "2.00 usec)");
  context.run();
}

BOOST_AUTO_TEST_CASE(a_context_is_destroyed_with_work_pending) {
  Timer wrapped("wrapped"), measured("measured");
  {
    asio::io_context context;
    const auto executor = wrapped.wrap(asio::make_strand(context));
    const auto sleeps = [&]() -> asio::awaitable<void> {
      const auto run = measured.measure();
      co_await forever();
    };
    asio::co_spawn(instrument<Clock>(context), sleeps(), asio::detached);
    context.poll();
    for (int i = 0; i < 5; ++i) asio::post(executor, [] {});
  }
  check_outcomes(wrapped, 0, 0, 0, 5);
  check_outcomes(measured, 0, 0, 1);
}

BOOST_AUTO_TEST_CASE(a_context_is_stopped_restarted_and_destroyed) {
  Timer timer;
  // On Windows, Asio executes what was submitted before it was stopped.
#if defined(_WIN32)
  constexpr std::size_t first = 4, second = 4, never = 0;
#else
  constexpr std::size_t first = 1, second = 3, never = 1;
#endif
  {
    asio::io_context context;
    const auto executor = timer.wrap(context);
    asio::post(executor, [&] { context.stop(); });
    asio::post(executor, [] {});
    asio::post(executor, [&] { context.stop(); });
    asio::post(executor, [] {});
    BOOST_TEST(context.run() == first);
    check_outcomes(timer, first, 0, 0);
    context.restart();
    BOOST_TEST(context.run() == second - first);
    check_outcomes(timer, second, 0, 0);
  }
  check_outcomes(timer, second, 0, 0, never);
}

BOOST_AUTO_TEST_CASE(a_pool_is_stopped_with_work_pending) {
  Timer timer;
  {
    asio::thread_pool pool(1);
    Latch started(1), stopped(1);
    asio::post(timer.wrap(pool), [&] {
      started.count_down();
      stopped.wait();
    });
    asio::post(timer.wrap(pool), [] {});
    started.wait();
    pool.stop();
    stopped.count_down();
    pool.join();
  }
  check_outcomes(timer, 1, 0, 0, 1);
}

BOOST_AUTO_TEST_CASE(threads_end_while_the_timer_lives) {
  Timer timer;
  for (int i = 0; i < 20; ++i) {
    asio::thread_pool pool(2);
    for (int j = 0; j < 10; ++j) asio::post(timer.wrap(pool), [] {});
    pool.join();
  }
  check_outcomes(timer, 200, 0, 0);
}

BOOST_AUTO_TEST_CASE(the_timer_dies_before_the_threads_that_used_it) {
  asio::thread_pool pool(2);
  for (int i = 0; i < 50; ++i) {
    Timer timer;
    for (int j = 0; j < 10; ++j) asio::post(timer.wrap(pool), [] {});
  }
  pool.join();
}

BOOST_AUTO_TEST_CASE(a_run_ends_on_a_thread_that_never_saw_its_timer) {
  asio::io_context context;
  Timer timer;
  std::unique_ptr<Timer::Run> run;
  asio::post(instrument<Clock>(context), [&] {
    run.reset(new Timer::Run(timer.measure()));
    compute<Clock>(2);
    asio::post(instrument<Clock>(context), [&] {
      compute<Clock>(3);
      run.reset();
    });
  });
  context.run_one();
  std::thread([&] { context.run(); }).join();
  check_busy(timer, 5);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
