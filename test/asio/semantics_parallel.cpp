//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// The semantics table of doc/design.md: branches of && and ||, and what a run spawns.
#include "common/error_code.hpp"
#include "common/quiet_timer.hpp"
#include "common/waiting.hpp"
#include "common/world.hpp"

#include <boost/asio/async_result.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>

#include <atomic>
#include <utility>
#include <variant>

namespace perf_timer::test {
namespace {

using namespace asio::experimental::awaitable_operators;

/// Suspends until it is cancelled, and says when it can be. Asio 1.26 can't cancel a branch that
/// hasn't begun, and a slow machine may begin it late on another thread.
asio::awaitable<void> forever(std::atomic<bool>& waits) {
  asio::steady_timer timer(co_await asio::this_coro::executor,
                           asio::steady_timer::time_point::max());
  co_await asio::async_initiate<const asio::use_awaitable_t<>&, void(asio::error_code)>(
      [&](auto handler) {
        std::atomic<bool>& its = waits;  // the coroutine may have gone when it waits
        timer.async_wait(std::move(handler));
        its = true;
      },
      asio::use_awaitable);
}

/// Naps until the other branch can be cancelled.
asio::awaitable<void> nap_until(const std::atomic<bool>& other_waits) {
  do co_await nap();
  while (!other_waits);
}

BOOST_AUTO_TEST_SUITE(semantics_parallel)

BOOST_AUTO_TEST_CASE(both_branches_add_up) {
  in_every_place([]<class Clock>(World<Clock>& world) {
    QuietTimer<Clock> whole("whole"), a("a"), b("b");
    const auto first = [&]() -> asio::awaitable<int> {
      const auto run = a.measure();
      compute<Clock>(2);
      co_await nap(2);
      compute<Clock>(3);
      co_return 1;
    };
    const auto second = [&]() -> asio::awaitable<int> {
      const auto run = b.measure();
      compute<Clock>(3);
      co_await nap(1);
      compute<Clock>(4);
      co_return 2;
    };
    const auto program = [&]() -> asio::awaitable<void> {
      const auto run = whole.measure();
      const auto [one, two] = co_await (first() && second());
      BOOST_TEST(one == 1);
      BOOST_TEST(two == 2);
    };
    world.spawn(noise<Clock>());
    world.run(program());
    check_busy(whole, 12);
    check_busy(a, 5);
    check_busy(b, 7);
  });
}

BOOST_AUTO_TEST_CASE(decorated_branches) {
  in_every_place([]<class Clock>(World<Clock>& world) {
    QuietTimer<Clock> whole("whole"), a("a"), b("b");
    const auto work = [](int before, int after) -> asio::awaitable<void> {
      compute<Clock>(before);
      co_await nap();
      compute<Clock>(after);
    };
    const auto program = [&]() -> asio::awaitable<void> {
      co_await (a.decorate(work(2, 3)) && b.decorate(work(3, 4)));
    };
    world.spawn(noise<Clock>());
    world.run(whole.decorate(program()));
    check_busy(whole, 12);
    check_busy(a, 5);
    check_busy(b, 7);
  });
}

BOOST_AUTO_TEST_CASE(the_loser_is_cancelled) {
  in_every_place([]<class Clock>(World<Clock>& world) {
    QuietTimer<Clock> whole("whole"), winner("winner"), loser("loser");
    std::atomic<bool> loser_waits{false};
    const auto wins = [&]() -> asio::awaitable<void> {
      const auto run = winner.measure();
      compute<Clock>(2);
      co_await nap_until(loser_waits);
      compute<Clock>(3);
    };
    const auto loses = [&]() -> asio::awaitable<void> {
      const auto run = loser.measure();
      compute<Clock>(4);
      co_await forever(loser_waits);
      compute<Clock>(1000);
    };
    const auto program = [&]() -> asio::awaitable<void> {
      const auto run = whole.measure();
      const auto first = co_await (wins() || loses());
      BOOST_TEST(first.index() == 0u);
    };
    world.spawn(noise<Clock>());
    world.run(program());
    check_busy(whole, 9);
    check_busy(winner, 5);
    check_outcomes(loser, 0, 1, 0);  // left by operation_aborted
  });
}

BOOST_AUTO_TEST_CASE(a_loser_that_catches_its_cancellation) {
  in_every_place([]<class Clock>(World<Clock>& world) {
    QuietTimer<Clock> whole("whole"), loser("loser");
    std::atomic<bool> loser_waits{false};
    const auto loses = [&]() -> asio::awaitable<void> {
      const auto run = loser.measure();
      compute<Clock>(4);
      try {
        co_await forever(loser_waits);
      } catch (const asio::system_error&) {
        compute<Clock>(2);
      }
    };
    const auto program = [&]() -> asio::awaitable<void> {
      const auto run = whole.measure();
      co_await (nap_until(loser_waits) || loses());
    };
    world.run(program());
    check_busy(whole, 6);
    check_busy(loser, 6);
  });
}

BOOST_AUTO_TEST_CASE(spawned_and_joined) {
  in_every_place([]<class Clock>(World<Clock>& world) {
    QuietTimer<Clock> whole("whole");
    const auto part = []() -> asio::awaitable<void> {
      compute<Clock>(5);
      co_await nap();
      compute<Clock>(5);
    };
    const auto program = [&]() -> asio::awaitable<void> {
      const auto run = whole.measure();
      const auto executor = co_await asio::this_coro::executor;
      co_await (asio::co_spawn(executor, part(), asio::use_awaitable) &&
                asio::co_spawn(executor, part(), asio::use_awaitable));
    };
    world.spawn(noise<Clock>());
    world.run(program());
    check_busy(whole, 20);
  });
}

BOOST_AUTO_TEST_CASE(spawned_detached_counts_until_the_run_ends) {
  for (const Place place : single_threaded) {
    World<ManualClock> world(place);
    asio::steady_timer run_has_ended(world.context(), asio::steady_timer::time_point::max());
    QuietTimer<ManualClock> whole("whole"), detached("detached");
    const auto part = [&]() -> asio::awaitable<void> {
      const auto run = detached.measure();
      compute<ManualClock>(5);
      co_await until_cancelled(run_has_ended);
      compute<ManualClock>(7);
    };
    const auto program = [&]() -> asio::awaitable<void> {
      {
        const auto run = whole.measure();
        compute<ManualClock>(1);
        asio::co_spawn(co_await asio::this_coro::executor, part(), asio::detached);
        co_await asio::post(asio::use_awaitable);
        compute<ManualClock>(1);
      }
      run_has_ended.cancel();
    };
    world.run(program());
    check_busy(whole, 7);
    check_busy(detached, 12);
  }
}

BOOST_AUTO_TEST_CASE(a_branch_that_executes_on_another_thread_while_the_run_ends) {
  // Thread one computes 3 on behalf of the run, and is still computing when the run ends on thread
  // two.
  asio::thread_pool pool(1);
  QuietTimer<ManualClock> timer;
  Latch started(1), ended(1);
  {
    auto run = timer.measure();
    asio::post(instrument<ManualClock>(pool), [&] {
      started.count_down();
      ended.wait();
    });
    started.wait();
    compute<ManualClock>(3);  // two threads execute on the run's behalf
    run.stop();
    compute<ManualClock>(100);
    ended.count_down();
  }
  pool.join();
  check_busy(timer, 6);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
