//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// Runs of coroutines on plain executors: each handler is a step, and each coroutine keeps on whose
// behalf it goes on.
#include "tracked_runs/followed.hpp"

#include <boost/asio/experimental/awaitable_operators.hpp>

#include <functional>
#include <memory>
#include <stdexcept>
#include <thread>

namespace perf_timer::test::tracked_runs {
namespace {

using namespace asio::experimental::awaitable_operators;

struct Fixture {
  void spawn(asio::awaitable<void> coroutine) {
    asio::co_spawn(context, std::move(coroutine), asio::detached);
  }
  void run() { tracked_runs::run(context); }

  asio::io_context context;
  AsioPerfTimer timer{"run", quiet}, other{"other", quiet};
};

asio::awaitable<void> work(AsioPerfTimer& timer, int before, int wait, int after) {
  const auto run = timer.measure();
  compute(before);
  co_await sleep(wait);
  compute(after);
}

BOOST_FIXTURE_TEST_SUITE(coroutines, Fixture)

BOOST_AUTO_TEST_CASE(one_that_waits) {
  spawn(work(timer, 3, 100, 4));
  run();
  check(timer, {.busy = 7, .queued = 0, .elapsed = 107});
}

BOOST_AUTO_TEST_CASE(what_was_due_while_the_thread_was_busy_is_queued) {
  spawn(work(timer, 3, 100, 4));
  spawn([]() -> asio::awaitable<void> {
    co_await sleep(50);
    compute(90);
  }());
  run();
  // Due at 103; the other one executes from 53 to 143.
  check(timer, {.busy = 7, .queued = 40, .elapsed = 147});
}

BOOST_AUTO_TEST_CASE(two_that_take_turns_on_a_thread) {
  spawn(work(timer, 3, 100, 4));
  spawn(work(other, 5, 50, 6));
  run();
  check(timer, {.busy = 7, .queued = 0, .elapsed = 107});
  check(other, {.busy = 11, .queued = 0, .elapsed = 61});
}

BOOST_AUTO_TEST_CASE(a_deferred_operation) {
  spawn([](AsioPerfTimer& of) -> asio::awaitable<void> {
    const auto run = of.measure();
    asio::steady_timer wait(co_await asio::this_coro::executor, std::chrono::nanoseconds(10));
    co_await wait.async_wait(asio::deferred);
    compute(2);
  }(timer));
  run();
  check(timer, {.busy = 2, .queued = 0, .elapsed = 12});
}

BOOST_AUTO_TEST_CASE(a_run_around_both_branches_which_begin_inline) {
  const auto program = [&]() -> asio::awaitable<void> {
    const auto run = timer.measure();
    co_await (work(other, 3, 20, 4) && sleep(40));
    compute(1);
  };
  spawn(program());
  run();
  check(other, {.busy = 7, .queued = 0, .elapsed = 27});
  check(timer, {.busy = 8, .queued = 0, .elapsed = 44});
}

BOOST_AUTO_TEST_CASE(each_branch_is_its_own) {
  const auto program = [&]() -> asio::awaitable<void> {
    co_await (work(timer, 3, 20, 4) && work(other, 5, 40, 6));
    compute(100);
  };
  spawn(program());
  run();
  check(timer, {.busy = 7, .queued = 0, .elapsed = 27});
  check(other, {.busy = 11, .queued = 0, .elapsed = 51});
}

BOOST_AUTO_TEST_CASE(the_branch_that_loses_is_cancelled) {
  const auto program = [&]() -> asio::awaitable<void> {
    const auto run = timer.measure();
    co_await (work(other, 3, 1000, 4) || sleep(40));
    compute(1);
  };
  spawn(program());
  run();
  BOOST_TEST(other.snapshot().failed == 1u);
  BOOST_TEST(other.snapshot().failed_busy.total.count() == 3);
  check(timer, {.busy = 4, .queued = 0, .elapsed = 44});
}

BOOST_AUTO_TEST_CASE(sessions_of_an_accept_loop_that_goes_on) {
  const auto loop = [&]() -> asio::awaitable<void> {
    auto run = timer.measure();
    for (int i = 0; i < 2; ++i) {
      asio::co_spawn(context, work(other, 3, 1000, 4), asio::detached);  // begins inline
      compute(10);
      co_await sleep(20);
    }
    run.stop();
    compute(500);
    co_await sleep(1);
  };
  const auto accepting = [&]() -> asio::awaitable<void> { co_await loop(); };
  spawn(accepting());
  run();
  // What it spawns is on its behalf, as long as it is open.
  check(timer, {.busy = 26, .queued = 0, .elapsed = 66});
  const TimerSnapshot sessions = other.snapshot();
  BOOST_TEST(sessions.runs == 2u);
  BOOST_TEST(sessions.partial + sessions.lost == 0u);
  BOOST_TEST(sessions.busy.total.count() == 14);
}

BOOST_AUTO_TEST_CASE(who_begins_inline_is_not_charged_with_what_its_spawner_does_next) {
  const auto spawner = [&]() -> asio::awaitable<void> {
    asio::co_spawn(context, work(other, 3, 10, 4), asio::detached);
    const auto run = timer.measure();
    compute(100);
    co_await sleep(5);
    compute(2);
  };
  spawn(spawner());
  run();
  check(other, {.busy = 7, .queued = 90, .elapsed = 107});
  check(timer, {.busy = 102, .queued = 0, .elapsed = 107});
}

BOOST_AUTO_TEST_CASE(a_scope_in_each_of_nested_coroutines) {
  const auto outer = [&]() -> asio::awaitable<void> {
    const auto run = timer.measure();
    compute(1);
    co_await work(other, 2, 10, 3);
    compute(4);
    co_await sleep(5);
  };
  spawn(outer());
  run();
  check(other, {.busy = 5, .queued = 0, .elapsed = 15});
  check(timer, {.busy = 10, .queued = 0, .elapsed = 25});
}

BOOST_AUTO_TEST_CASE(an_exception_is_a_failed_run) {
  const auto program = [&]() -> asio::awaitable<void> {
    try {
      const auto run = timer.measure();
      compute(2);
      co_await sleep(5);
      compute(3);
      throw std::runtime_error("");
    } catch (const std::runtime_error&) {
      compute(50);
    }
  };
  spawn(program());
  run();
  BOOST_TEST(timer.snapshot().failed == 1u);
  BOOST_TEST(timer.snapshot().failed_busy.total.count() == 5);
}

BOOST_AUTO_TEST_CASE(decorated_and_timed) {
  const auto child = []() -> asio::awaitable<int> {
    compute(2);
    co_await sleep(10);
    compute(3);
    co_return 1;
  };
  const auto program = [&]() -> asio::awaitable<void> {
    co_await timer.decorate(child());
    compute(100);
    co_await asio::co_spawn(context, child(), timed(other, asio::use_awaitable));
    compute(100);
  };
  spawn(program());
  run();
  check(timer, {.busy = 5, .queued = 0, .elapsed = 15});
  check(other, {.busy = 5, .queued = 0, .elapsed = 15});
}

BOOST_AUTO_TEST_CASE(what_it_posts_is_its_own_and_waits_for_a_thread) {
  const auto program = [&]() -> asio::awaitable<void> {
    const auto run = timer.measure();
    asio::post(context, [] { compute(7); });
    compute(2);
    co_await asio::post(asio::use_awaitable);
    compute(1);
  };
  spawn(program());
  run();
  check(timer, {.busy = 10, .queued = 9, .elapsed = 10});  // 2 and 7 at once
}

BOOST_AUTO_TEST_CASE(what_is_spawned_on_an_executor_of_a_started_run_is_the_runs) {
  const auto program = [](std::shared_ptr<AsioPerfTimer::StartedRun> run) -> asio::awaitable<void> {
    compute(2);
    co_await sleep(10);
    compute(3);
    run->stop();
  };
  asio::post(context, [&] {
    const auto started = std::make_shared<AsioPerfTimer::StartedRun>(timer.start());
    asio::co_spawn(started->wrap(context), program(started), asio::detached);
    compute(50);
  });
  run();
  check(timer, {.busy = 5, .queued = 40, .elapsed = 55});
}

BOOST_AUTO_TEST_CASE(one_that_is_woken_by_hand) {
  std::function<void()> wake;
  const auto sleeper = [&]() -> asio::awaitable<void> {
    const auto run = timer.measure();
    compute(1);
    co_await asio::async_initiate<decltype(asio::use_awaitable), void()>(
        [&wake](auto handler) {
          const auto kept = std::make_shared<decltype(handler)>(std::move(handler));
          wake = [kept] { std::move (*kept)(); };
        },
        asio::use_awaitable);
    compute(2);
    co_await sleep(10);
    compute(3);
  };
  const auto waker = [&]() -> asio::awaitable<void> {
    const auto run = other.measure();
    co_await sleep(5);
    wake();
    compute(20);
    wake = nullptr;
  };
  spawn(sleeper());
  spawn(waker());
  run();
  check(timer, {.busy = 6, .queued = 10, .elapsed = 31});
  check(other, {.busy = 20, .queued = 0, .elapsed = 27});
}

BOOST_AUTO_TEST_CASE(one_that_goes_on_on_another_thread) {
  spawn(work(timer, 3, 100, 4));
  std::thread([this] { context.poll(); }).join();
  ManualClock::advance(100);
  std::thread([this] { run(); }).join();
  check(timer, {.busy = 7, .queued = 0, .elapsed = 107});
}

BOOST_AUTO_TEST_CASE(who_is_destroyed_while_it_waits_is_lost) {
  {
    asio::io_context gone;
    asio::co_spawn(gone, work(timer, 3, 100, 4), asio::detached);
    gone.poll();
  }
  BOOST_TEST(timer.snapshot().lost == 1u);
  BOOST_TEST(timer.snapshot().runs == 0u);
}

BOOST_AUTO_TEST_CASE(a_run_elsewhere_than_in_the_coroutine_is_not_followed) {
  const auto program = [&]() -> asio::awaitable<void> {
    struct Kept {
      explicit Kept(AsioPerfTimer& of) : run(of.measure()) {}
      AsioPerfTimer::Run run;
    };
    const auto kept = std::make_unique<Kept>(timer);
    co_await sleep(5);
    kept->run.stop();
  };
  spawn(program());
  run();
  BOOST_TEST(timer.snapshot().partial == 1u);
  BOOST_TEST(timer.snapshot().elapsed.total.count() == 5);
}

BOOST_AUTO_TEST_CASE(outside_of_every_handler_a_function_is_a_run) {
  {
    const auto run = timer.measure();
    compute(3);
    asio::post(context, [] { compute(4); });
    tracked_runs::run(context);
  }
  check(timer, {.busy = 7, .queued = 0, .elapsed = 7});
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test::tracked_runs
