//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// Parallel groups of operations that compute. All of it counts for the run that waits for the
// group.
#include "common/asio_has.hpp"
#include "common/quiet_timer.hpp"
#include "common/world.hpp"

#include <boost/asio/bind_executor.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/experimental/parallel_group.hpp>

#include <cstddef>
#include <vector>

namespace perf_timer::test {
namespace {

using asio::experimental::make_parallel_group;
using asio::experimental::wait_for_all;
using asio::experimental::wait_for_one;
using Clock = ManualClock;

asio::awaitable<int> branch(QuietTimer<Clock>& timer, int before, int after, int milliseconds = 1) {
  const auto run = timer.measure();
  compute<Clock>(before);
  co_await nap(milliseconds);
  compute<Clock>(after);
  co_return before + after;
}

BOOST_AUTO_TEST_SUITE(parallel_group)

BOOST_AUTO_TEST_CASE(of_coroutines_and_a_timer) {
  for (const Place place : single_threaded) {
    World<Clock> world(place);
    QuietTimer<Clock> both("both"), a("a"), b("b");
    const auto program = [&]() -> asio::awaitable<void> {
      const auto executor = co_await asio::this_coro::executor;
      const auto run = both.measure();
      compute<Clock>(1);
      asio::steady_timer sleep(executor, std::chrono::milliseconds(2));
      const auto results =
          co_await make_parallel_group(asio::co_spawn(executor, branch(a, 2, 3), asio::deferred),
                                       asio::co_spawn(executor, branch(b, 3, 4, 3), asio::deferred),
                                       sleep.async_wait(asio::deferred))
              .async_wait(wait_for_all(), asio::use_awaitable);
      BOOST_TEST(std::get<2>(results) == 5);
      BOOST_TEST(std::get<4>(results) == 7);
      compute<Clock>(1);
    };
    world.spawn(noise<Clock>());
    world.spawn(program());
    world.run(program());
    BOOST_TEST_CONTEXT(place) {
      check_busy(a, 2 * 5, 2);
      check_busy(b, 2 * 7, 2);
      check_busy(both, 2 * 14, 2);
      BOOST_TEST(both.snapshot().busy.max.count() == 14);
    }
  }
}

BOOST_AUTO_TEST_CASE(of_which_the_first_cancels_the_rest) {
  for (const Place place : single_threaded) {
    World<Clock> world(place);
    QuietTimer<Clock> both("both"), winner("winner"), loser("loser");
    const auto program = [&]() -> asio::awaitable<void> {
      const auto executor = co_await asio::this_coro::executor;
      const auto run = both.measure();
      static_cast<void>(
          co_await make_parallel_group(
              asio::co_spawn(executor, branch(winner, 2, 3), asio::deferred),
              asio::co_spawn(executor, branch(loser, 4, 1000, 100'000), asio::deferred))
              .async_wait(wait_for_one(), asio::use_awaitable));
      compute<Clock>(1);
    };
    world.spawn(noise<Clock>());
    world.run(program());
    BOOST_TEST_CONTEXT(place) {
      check_busy(winner, 5);
      check_outcomes(loser, 0, 1, 0);
      check_busy(both, 10);
    }
  }
}

#if ASIO_HAS_RANGED_GROUPS
BOOST_AUTO_TEST_CASE(of_a_range) {
  for (const Place place : single_threaded) {
    World<Clock> world(place);
    QuietTimer<Clock> all("all"), each("each");
    const auto program = [&]() -> asio::awaitable<void> {
      const auto executor = co_await asio::this_coro::executor;
      const auto run = all.measure();
      using Operation = decltype(asio::co_spawn(executor, branch(each, 0, 0), asio::deferred));
      std::vector<Operation> operations;
      for (int i = 0; i < 10; ++i)
        operations.push_back(asio::co_spawn(executor, branch(each, 2, i, i % 3), asio::deferred));
      const auto [order, errors, sums] = co_await make_parallel_group(std::move(operations))
                                             .async_wait(wait_for_all(), asio::use_awaitable);
      BOOST_TEST(sums[9] == 11);
    };
    world.spawn(noise<Clock>());
    world.run(program());
    BOOST_TEST_CONTEXT(place) {
      check_busy(each, 20 + 45, 10);
      check_busy(all, 65);
    }
  }
}
#endif

BOOST_AUTO_TEST_CASE(of_functions_on_executors_of_their_own) {
  // The operations complete on the executors that they are bound to. The coroutine continues on its
  // own.
  World<Clock> world(Place::context);
  QuietTimer<Clock> run_timer("run"), on_one("on one"), on_other("on other");
  const auto one = on_one.wrap(asio::make_strand(world.context()));
  const auto other = on_other.wrap(asio::make_strand(world.context()));
  const auto computes = [](int n) {
    return asio::deferred([n] {
      compute<Clock>(n);
      return asio::deferred.values(n);
    });
  };
  const auto program = [&]() -> asio::awaitable<void> {
    const auto run = run_timer.measure();
    compute<Clock>(1);
    co_await make_parallel_group(asio::post(one, computes(2)), asio::post(other, computes(3)),
                                 asio::post(one, computes(4)))
        .async_wait(wait_for_all(), asio::use_awaitable);
    compute<Clock>(1);
  };
  world.spawn(noise<Clock>());
  world.run(program());
  check_busy(run_timer, 11);
  check_busy(on_one, 6, on_one.snapshot().runs);
  check_busy(on_other, 3, on_other.snapshot().runs);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
