//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// What Boost.Cobalt has around coroutines: race, with, groups, and threads of its own.
#include "cobalt/coroutines.hpp"
#include "common/quiet_timer.hpp"
#include "common/world.hpp"

#include <chrono>
#include <exception>

namespace perf_timer::test {
namespace {

/// A generator starts at once and can be awaited, too, but a coroutine around it would end with its
/// first value.
static_assert(detail::EagerResult<cobalt::promise<int>>);
static_assert(!detail::EagerResult<cobalt::generator<int>>);
static_assert(!detail::EagerResult<cobalt::generator<int, int>>);
static_assert(!detail::EagerResult<cobalt::task<int>>);
static_assert(!detail::EagerResult<cobalt::detached>);

/// Computes n, and waits until it is cancelled.
template <class Clock>
cobalt::promise<int> waits_for_ever(int n) {
  compute<Clock>(n);
  asio::steady_timer timer(co_await cobalt::this_coro::executor,
                           asio::steady_timer::time_point::max());
  co_await timer.async_wait(cobalt::use_op);
  co_return n;
}

BOOST_AUTO_TEST_SUITE(structured)

BOOST_AUTO_TEST_CASE(race_cancels_who_is_slower_and_that_run_has_failed) {
  in_single_threaded_places([]<class Clock>(World<Clock>& world) {
    QuietTimer<Clock> fast("fast"), slow("slow");
    const auto call_fast = fast.decorate(child<Clock>);
    const auto call_slow = slow.decorate(waits_for_ever<Clock>);
    run_on(world, [&]() -> cobalt::task<void> {
      const auto winner = co_await cobalt::race(call_slow(100), call_fast(1));
      BOOST_TEST(winner.index() == 1u);
      compute<Clock>(5'000);
      co_await step_aside();  // what was cancelled ends
    });
    check_busy(fast, 11);
    check_outcomes(slow, 0, 1, 0);
  });
}

/// `with` awaits the body, and then what takes the resource down, also after an exception.
BOOST_AUTO_TEST_CASE(with_a_resource) {
  in_single_threaded_places([]<class Clock>(World<Clock>& world) {
    QuietTimer<Clock> whole("whole"), body("body"), down("down");
    const auto use = body.decorate(child<Clock>);
    const auto take_down = down.decorate(
        [](int n, std::exception_ptr) -> cobalt::promise<void> { co_await child<Clock>(n); });
    run_on(world, [&]() -> cobalt::task<void> {
      const auto run = whole.measure();
      const int result = co_await cobalt::with(2, use, take_down);
      BOOST_TEST(result == 2);
      compute<Clock>(5'000);
    });
    check_busy(body, 22);
    check_busy(down, 22);
    check_busy(whole, 22 + 22 + 5'000);
  });
}

BOOST_AUTO_TEST_CASE(a_group_of_decorated_promises) {
  in_single_threaded_places([]<class Clock>(World<Clock>& world) {
    QuietTimer<Clock> whole("whole"), part("part");
    const auto call =
        part.decorate([](int n) -> cobalt::promise<void> { co_await child<Clock>(n); });
    run_on(world, [&]() -> cobalt::task<void> {
      const auto run = whole.measure();
      cobalt::wait_group group;
      for (const int n : {1, 2, 3}) group.push_back(call(n));
      compute<Clock>(1'000);
      co_await group;
      compute<Clock>(5'000);
    });
    check_busy(part, 11 + 22 + 33, 3);
    check_busy(whole, 6'000 + 11 + 22 + 33);
  });
}

/// A thread of Cobalt's makes its context itself, as `main` does.
BOOST_AUTO_TEST_CASE(a_thread_whose_executor_is_instrumented) {
  using Clock = ManualClock;
  QuietTimer<Clock> part("part"), scope("scope");
  const auto program = [&]() -> cobalt::task<void> {
    const auto call = part.decorate(child<Clock>);
    auto first = call(1);
    auto second = call(2);
    compute<Clock>(5'000);
    co_await second;
    co_await first;
    co_await child_task(scope, 3);
  };
  const auto start = [&]() -> cobalt::thread {
    const auto executor = instrument<Clock>(co_await cobalt::this_coro::executor);
    cobalt::this_thread::set_executor(executor);
    co_await cobalt::spawn(executor, program(), cobalt::use_op);
  };
  start().join();
  check_busy(part, 11 + 22, 2);
  check_busy(scope, 33);
}

/// So does `run`.
BOOST_AUTO_TEST_CASE(run_with_an_instrumented_executor) {
  using Clock = ManualClock;
  QuietTimer<Clock> part("part");
  const auto program = [&]() -> cobalt::task<int> {
    co_return co_await part.decorate(child<Clock>)(4);
  };
  const auto start = [&]() -> cobalt::task<int> {
    const auto executor = instrument<Clock>(co_await cobalt::this_coro::executor);
    cobalt::this_thread::set_executor(executor);
    co_return co_await cobalt::spawn(executor, program(), cobalt::use_op);
  };
  cobalt::this_thread::set_executor(asio::system_executor());
  BOOST_TEST(cobalt::run(start()) == 4);
  check_busy(part, 44);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
