//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// asio::experimental::coro: tasks, and generators that are resumed step by step. All use one
// executor, because awaiting one on another executor crashes in plain Asio 1.26 and 1.38.
#include "common/asio_has.hpp"
#if ASIO_AWAITS_DEFERRED
#include "common/quiet_timer.hpp"
#include "common/world.hpp"

#include <boost/asio/deferred.hpp>
#include <boost/asio/experimental/co_spawn.hpp>
#include <boost/asio/experimental/coro.hpp>
#include <boost/asio/experimental/use_coro.hpp>

#include <optional>

namespace perf_timer::test {
namespace {

using asio::experimental::coro;
using Clock = ManualClock;

/// Coroutines of this kind take their executor from their first argument.
coro<void> nap_as_coro(asio::any_io_executor executor) {
  asio::steady_timer timer(executor, std::chrono::milliseconds(1));
  co_await timer.async_wait(asio::deferred);
}

coro<void, int> child(asio::any_io_executor executor, QuietTimer<Clock>& timer) {
  const auto run = timer.measure();
  compute<Clock>(2);
  co_await nap_as_coro(executor);
  compute<Clock>(3);
  co_return 7;
}

coro<void> parent(asio::any_io_executor executor, QuietTimer<Clock>& outer,
                  QuietTimer<Clock>& inner) {
  const auto run = outer.measure();
  compute<Clock>(1);
  BOOST_TEST(co_await child(executor, inner) == 7);
  co_await asio::post(executor, asio::deferred);
  asio::post(executor, [] { compute<Clock>(4); });
  co_await nap_as_coro(executor);
  compute<Clock>(1);
}

/// Yields 0, 1, 2 and so on. Before each it computes 2 in a run, which ends before it yields.
coro<int> numbers(asio::any_io_executor executor, QuietTimer<Clock>& timer) {
  for (int i = 0;; ++i) {
    {
      const auto run = timer.measure();
      compute<Clock>(1);
      co_await nap_as_coro(executor);
      compute<Clock>(1);
    }
    co_yield i;
  }
}

/// Computes 1 before each of three values, all in one run.
coro<int> three(asio::any_io_executor executor, QuietTimer<Clock>& timer) {
  const auto run = timer.measure();
  for (int i = 0; i < 3; ++i) {
    compute<Clock>(1);
    co_yield i;
  }
  co_await asio::post(executor, asio::deferred);
}

/// Takes five values, or fewer if the generator ends, and computes 3 before and 4 after each.
// clang 19 doesn't compile this if the generator is the second parameter.
coro<void> take(asio::any_io_executor executor, QuietTimer<Clock>& timer, coro<int> generator) {
  for (int i = 0; i < 5; ++i) {
    const auto run = timer.measure();
    compute<Clock>(3);
    const std::optional<int> number = co_await generator;
    BOOST_TEST((!number || number == i));
    compute<Clock>(4);
    if (!number) co_return;
    co_await asio::post(executor, asio::deferred);
  }
}

BOOST_AUTO_TEST_SUITE(stackless_coro)

BOOST_AUTO_TEST_CASE(a_task_and_its_child) {
  for (const Place place : single_threaded) {
    World<Clock> world(place);
    QuietTimer<Clock> outer("outer"), inner("inner");
    world.spawn(noise<Clock>());
    for (int i = 0; i < 2; ++i)
      asio::experimental::co_spawn(parent(world.executor(), outer, inner), asio::detached);
    world.run();
    BOOST_TEST_CONTEXT(place) {
      check_busy(outer, 2 * 11, 2);
      check_busy(inner, 2 * 5, 2);
      BOOST_TEST(outer.snapshot().busy.max.count() == 11);
    }
  }
}

BOOST_AUTO_TEST_CASE(a_generator_and_what_an_awaitable_makes_of_it) {
  for (const Place place : single_threaded) {
    World<Clock> world(place);
    QuietTimer<Clock> made("made"), taken("taken");
    const auto program = [&]() -> asio::awaitable<void> {
      auto generator = numbers(co_await asio::this_coro::executor, made);
      for (int i = 0; i < 5; ++i) {
        const auto run = taken.measure();
        compute<Clock>(3);
        const std::optional<int> number = co_await generator.async_resume(asio::use_awaitable);
        BOOST_TEST((number == i));
        compute<Clock>(4);
      }
    };
    world.spawn(noise<Clock>());
    world.run(program());
    BOOST_TEST_CONTEXT(place) {
      check_busy(made, 5 * 2, 5);
      check_busy(taken, 5 * 9, 5);
      BOOST_TEST(taken.snapshot().busy.max.count() == 9);
    }
  }
}

/// Computes, and again after it was suspended, in a scope.
coro<void> started(asio::any_io_executor executor, QuietTimer<Clock>& timer, int n) {
  const auto run = timer.measure();
  compute<Clock>(n);
  co_await nap_as_coro(executor);
  compute<Clock>(10 * n);
}

BOOST_AUTO_TEST_CASE(started_by_hand_twice_by_one_caller) {
  for (const Place place : single_threaded) {
    World<Clock> world(place);
    QuietTimer<Clock> callee("callee"), around("around");
    const auto executor = world.executor();
    auto first = started(executor, callee, 1), second = started(executor, callee, 2);
    // Each starts in a step of its own, inside the caller's.
    asio::post(executor, [&] {
      const auto run = around.measure();
      compute<Clock>(100);
      first.async_resume(asio::detached);
      compute<Clock>(1000);
      second.async_resume(asio::detached);
      compute<Clock>(10'000);
    });
    world.run(noise<Clock>());
    BOOST_TEST_CONTEXT(place) {
      check_busy(callee, 33, 2);
      BOOST_TEST(callee.snapshot().busy.max.count() == 22);
      check_busy(around, 11'103);  // with what they compute before they are suspended
    }
  }
}

BOOST_AUTO_TEST_CASE(a_run_left_open_over_a_yield_holds_what_the_consumer_executes) {
  // The library can't see a generator yield. doc/design.md says so, and what to do about it.
  World<Clock> world(Place::context);
  QuietTimer<Clock> made("made"), taken("taken");
  asio::experimental::co_spawn(take(world.executor(), taken, three(world.executor(), made)),
                               asio::detached);
  world.run(noise<Clock>());
  check_busy(taken, 4 * 7 + 3, 4);
  check_busy(made, 3 + 3 * 7);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
#endif
