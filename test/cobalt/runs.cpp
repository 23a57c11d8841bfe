//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// Boost.Cobalt's coroutines on instrumented executors: each run has exactly its own ticks.
#include "cobalt/coroutines.hpp"
#include "common/quiet_timer.hpp"
#include "common/world.hpp"

#include <stdexcept>

namespace perf_timer::test {
namespace {

BOOST_AUTO_TEST_SUITE(runs)

BOOST_AUTO_TEST_CASE(a_scope_in_a_task_that_is_awaited) {
  in_single_threaded_places([]<class Clock>(World<Clock>& world) {
    QuietTimer<Clock> whole("whole"), part("part");
    run_on(world, [&]() -> cobalt::task<void> {
      const auto run = whole.measure();
      compute<Clock>(1'000);
      BOOST_TEST(co_await child_task(part, 1) == 1);
      compute<Clock>(5'000);
      BOOST_TEST(co_await child_task(part, 2) == 2);
    });
    check_busy(part, 11 + 22, 2);
    check_busy(whole, 6'000 + 11 + 22);
  });
}

BOOST_AUTO_TEST_CASE(tasks_that_are_spawned) {
  in_single_threaded_places([]<class Clock>(World<Clock>& world) {
    QuietTimer<Clock> part("part");
    run_on(world, [&]() -> cobalt::task<void> {
      const auto executor = co_await cobalt::this_coro::executor;
      for (const int n : {1, 2, 3}) cobalt::spawn(executor, child_task(part, n), asio::detached);
      compute<Clock>(5'000);
    });
    check_busy(part, 11 + 22 + 33, 3);
  });
}

BOOST_AUTO_TEST_CASE(a_decorated_promise_called_twice_by_one_caller) {
  in_single_threaded_places([]<class Clock>(World<Clock>& world) {
    QuietTimer<Clock> whole("whole"), part("part");
    const auto call = part.decorate(child<Clock>);
    run_on(world, [&]() -> cobalt::task<void> {
      const auto run = whole.measure();
      auto first = call(1);
      auto second = call(2);
      compute<Clock>(5'000);
      BOOST_TEST(co_await second == 2);
      BOOST_TEST(co_await first == 1);
    });
    check_busy(part, 11 + 22, 2);
    BOOST_TEST(part.snapshot().busy.max.count() == 22);
    check_busy(whole, 5'000 + 11 + 22);
  });
}

/// `+` lets a promise go on by itself. It is the timer's until it has ended.
BOOST_AUTO_TEST_CASE(a_decorated_promise_that_nobody_awaits) {
  in_single_threaded_places([]<class Clock>(World<Clock>& world) {
    QuietTimer<Clock> part("part");
    const auto call = part.decorate(child<Clock>);
    run_on(world, [&]() -> cobalt::task<void> {
      +call(1);
      compute<Clock>(5'000);
      co_await step_aside();
    });
    check_busy(part, 11);
  });
}

BOOST_AUTO_TEST_CASE(join_of_decorated_promises) {
  in_single_threaded_places([]<class Clock>(World<Clock>& world) {
    QuietTimer<Clock> whole("whole"), part("part");
    const auto call = part.decorate(child<Clock>);
    run_on(world, [&]() -> cobalt::task<void> {
      const auto run = whole.measure();
      compute<Clock>(1'000);
      co_await cobalt::join(call(1), call(2));
      compute<Clock>(5'000);
    });
    check_busy(part, 11 + 22, 2);
    BOOST_TEST(part.snapshot().busy.max.count() == 22);
    check_busy(whole, 6'000 + 11 + 22);
  });
}

BOOST_AUTO_TEST_CASE(gather_and_race_of_decorated_promises) {
  in_single_threaded_places([]<class Clock>(World<Clock>& world) {
    QuietTimer<Clock> gathered("gathered"), raced("raced");
    const auto gather = gathered.decorate(child<Clock>);
    const auto race = raced.decorate(child<Clock>);
    run_on(world, [&]() -> cobalt::task<void> {
      co_await cobalt::gather(gather(1), gather(2));
      compute<Clock>(5'000);
      co_await cobalt::race(race(3), race(4));
      compute<Clock>(5'000);
    });
    check_busy(gathered, 11 + 22, 2);
    check_busy(raced, 33 + 44, 2);
  });
}

/// A task has no run of its own under `join`, which starts one after the other in one step. A
/// decorated promise around each has.
BOOST_AUTO_TEST_CASE(join_of_tasks_by_decorated_promises) {
  in_single_threaded_places([]<class Clock>(World<Clock>& world) {
    QuietTimer<Clock> part("part"), inner("inner");
    const auto measured = part.decorate(
        [](cobalt::task<int> task) -> cobalt::promise<int> { co_return co_await std::move(task); });
    run_on(world, [&]() -> cobalt::task<void> {
      co_await cobalt::join(measured(child_task(inner, 1)), measured(child_task(inner, 2)));
      compute<Clock>(5'000);
    });
    check_busy(part, 11 + 22, 2);
    check_busy(inner, 11 + 22, 2);
  });
}

/// The run ends before the value is handed over, because nothing tells that the generator waits.
BOOST_AUTO_TEST_CASE(a_scope_in_a_generator_that_ends_before_each_value) {
  in_single_threaded_places([]<class Clock>(World<Clock>& world) {
    QuietTimer<Clock> value("value"), consumer("consumer");
    const auto values = [&]() -> cobalt::generator<int> {
      co_await cobalt::this_coro::initial;  // begins where it is awaited first
      for (int n = 1; n != 4; ++n) {
        {
          const auto run = value.measure();
          compute<Clock>(n);
          co_await asio::post(co_await cobalt::this_coro::executor, cobalt::use_op);
          compute<Clock>(10 * n);
        }
        co_yield n;
      }
      co_return 0;
    };
    run_on(world, [&]() -> cobalt::task<void> {
      auto generator = values();
      while (const int n = co_await generator) {
        const auto run = consumer.measure();
        compute<Clock>(100 * n);
      }
    });
    check_busy(value, 11 + 22 + 33, 3);
    check_busy(consumer, 600, 3);
  });
}

BOOST_AUTO_TEST_CASE(an_operation_that_is_timed) {
  in_single_threaded_places([]<class Clock>(World<Clock>& world) {
    QuietTimer<Clock> whole("whole"), wait("wait");
    run_on(world, [&]() -> cobalt::task<void> {
      const auto run = whole.measure();
      asio::steady_timer timer(co_await cobalt::this_coro::executor, std::chrono::milliseconds(1));
      co_await timer.async_wait(timed(wait, cobalt::use_op));
      compute<Clock>(7);
    });
    check_busy(wait, 0);
    check_busy(whole, 7);
  });
}

BOOST_AUTO_TEST_CASE(a_promise_that_throws_has_failed) {
  in_single_threaded_places([]<class Clock>(World<Clock>& world) {
    QuietTimer<Clock> part("part");
    const auto call = part.decorate([]() -> cobalt::promise<void> {
      co_await step_aside();
      throw std::runtime_error("no");
    });
    run_on(world, [&]() -> cobalt::task<void> {
      try {
        co_await call();
      } catch (const std::runtime_error&) {
      }
    });
    check_outcomes(part, 0, 1, 0);
  });
}

/// On an executor that isn't instrumented, only the ends of a decorated promise are told.
BOOST_AUTO_TEST_CASE(on_a_plain_executor_a_decorated_promise_is_partial_and_a_scope_lost) {
  using Clock = ManualClock;
  asio::io_context context;
  cobalt::this_thread::set_executor(context.get_executor());
  QuietTimer<Clock> part("part"), scope("scope");
  const auto call = part.decorate(child<Clock>);
  cobalt::spawn(
      context,
      [&]() -> cobalt::task<void> {
        co_await call(1);
        co_await child_task(scope, 2);
      }(),
      asio::detached);
  context.run();
  check_partial(part, 1);
  check_outcomes(scope, 0, 0, 1);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
