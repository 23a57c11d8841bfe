//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// Stackful coroutines: asio::spawn with a yield_context, on Boost.Context.
#define ASIO_DISABLE_BOOST_COROUTINE
#define BOOST_ASIO_DISABLE_BOOST_COROUTINE  // deprecated, but Asio 1.26 still supports it
#include "common/asio_has.hpp"
#if ASIO_SPAWNS_BY_CONTEXT
#include "common/quiet_timer.hpp"
#include "common/world.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/spawn.hpp>

#include <stdexcept>

namespace perf_timer::test {
namespace {

using Clock = ManualClock;

void nap_on_the_stack(asio::yield_context yield) {
  asio::steady_timer timer(yield.get_executor(), std::chrono::milliseconds(1));
  timer.async_wait(yield);
}

void compute_nap_compute(int before, int after, asio::yield_context yield) {
  compute<Clock>(before);
  nap_on_the_stack(yield);
  compute<Clock>(after);
}

/// Spawns the function on the world's executor, and rethrows its exception.
template <class Function>
void run_stackful(World<Clock>& world, Function function) {
  std::exception_ptr error;
  asio::spawn(world.executor(), function, [&](std::exception_ptr e) { error = e; });
  world.run();
  if (error) std::rethrow_exception(error);
}

BOOST_AUTO_TEST_SUITE(stackful)

BOOST_AUTO_TEST_CASE(compute_sleep_compute) {
  for (const Place place : single_threaded) {
    World<Clock> world(place);
    QuietTimer<Clock> outer("outer"), inner("inner"), function("function");
    world.spawn(noise<Clock>());
    const auto program = [&](asio::yield_context yield) {
      const auto run = outer.measure();
      compute<Clock>(1);
      {
        const auto child = inner.measure();
        compute_nap_compute(2, 3, yield);
      }
      const auto decorated = function.decorate(compute_nap_compute);
      decorated(4, 5, yield);
      compute<Clock>(1);
    };
    asio::spawn(world.executor(), program, asio::detached);
    run_stackful(world, program);
    BOOST_TEST_CONTEXT(place) {
      check_busy(outer, 2 * 16, 2);
      check_busy(inner, 2 * 5, 2);
      check_busy(function, 2 * 9, 2);
      BOOST_TEST(outer.snapshot().busy.max.count() == 16);
    }
  }
}

BOOST_AUTO_TEST_CASE(post_dispatch_and_handlers_of_its_own) {
  for (const Place place : single_threaded) {
    World<Clock> world(place);
    QuietTimer<Clock> timer;
    world.spawn(noise<Clock>());
    run_stackful(world, [&](asio::yield_context yield) {
      const auto run = timer.measure();
      compute<Clock>(1);
      asio::post(yield);
      compute<Clock>(2);
      asio::dispatch(yield);
      compute<Clock>(3);
      asio::post(yield.get_executor(), [] { compute<Clock>(4); });
      asio::post(yield);
      nap_on_the_stack(yield);
    });
    BOOST_TEST_CONTEXT(place) { check_busy(timer, 10); }
  }
}

BOOST_AUTO_TEST_CASE(it_awaits_a_coroutine_and_a_coroutine_awaits_it) {
  for (const Place place : single_threaded) {
    World<Clock> world(place);
    QuietTimer<Clock> outer("outer"), middle("middle"), inner("inner");
    const auto innermost = [&](asio::yield_context yield) {
      const auto run = inner.measure();
      compute_nap_compute(1, 2, yield);
      return 7;
    };
    const auto between = [&]() -> asio::awaitable<int> {
      const auto run = middle.measure();
      compute<Clock>(3);
      const auto executor = co_await asio::this_coro::executor;
      const int result = co_await asio::spawn(executor, innermost, asio::use_awaitable);
      compute<Clock>(4);
      co_return result;
    };
    world.spawn(noise<Clock>());
    run_stackful(world, [&](asio::yield_context yield) {
      const auto run = outer.measure();
      compute<Clock>(5);
      // As a tuple, because the plain token of Asio 1.26 rethrows an operation's exception_ptr even
      // if it is null.
      const auto [error, result] =
          asio::co_spawn(yield.get_executor(), between(), asio::as_tuple(yield));
      BOOST_TEST(result == 7);
      compute<Clock>(6);
    });
    BOOST_TEST_CONTEXT(place) {
      check_busy(outer, 21);
      check_busy(middle, 10);
      check_busy(inner, 3);
    }
  }
}

BOOST_AUTO_TEST_CASE(suspended_inside_a_function_that_runs_inline) {
  // The step of the inline function is on the coroutine's stack, and outlives the step around it.
  for (const Place place : {Place::context, Place::strand, Place::erased_strand}) {
    World<Clock> world(place);
    QuietTimer<Clock> scope("scope"), steps("steps"), all("all");
    const auto executor = world.executor();
    const auto program = [&](asio::yield_context yield) {
      const auto run = scope.measure();
      compute<Clock>(1);
      asio::dispatch(executor, [&] { compute_nap_compute(2, 3, yield); });
      asio::dispatch(steps.wrap(executor), [&] { compute_nap_compute(4, 5, yield); });
      compute<Clock>(6);
      nap_on_the_stack(yield);
      compute<Clock>(7);
    };
    world.spawn(noise<Clock>());
    asio::spawn(asio::any_io_executor(all.wrap(executor)), program, asio::detached);
    world.run();
    BOOST_TEST_CONTEXT(place) {
      check_busy(scope, 28);
      check_outcomes(steps, 0, 0, 1);
      BOOST_TEST(all.snapshot().lost ==
                 2u);  // the runs in which the coroutine was suspended like this
      BOOST_TEST(all.snapshot().failed == 0u);
    }
  }
}

BOOST_AUTO_TEST_CASE(left_by_an_exception) {
  for (const Place place : single_threaded) {
    World<Clock> world(place);
    QuietTimer<Clock> timer;
    const auto program = [&](asio::yield_context yield) {
      const auto run = timer.measure();
      compute_nap_compute(1, 1, yield);
      throw std::runtime_error("stackful");
    };
    BOOST_CHECK_THROW(run_stackful(world, program), std::runtime_error);
    check_outcomes(timer, 0, 1, 0);
  }
}

BOOST_AUTO_TEST_CASE(destroyed_while_suspended_it_is_no_sample) {
  // Boost.Context unwinds the stack with its own exception, which is none of the program's.
  QuietTimer<Clock> timer;
  {
    asio::io_context context;
    asio::spawn(
        instrument<Clock>(context),
        [&](auto yield) {
          const auto run = timer.measure();
          asio::steady_timer forever(context, asio::steady_timer::time_point::max());
          forever.async_wait(yield);
        },
        asio::detached);
    context.poll();
    check_outcomes(timer, 0, 0, 0);
  }
  check_outcomes(timer, 0, 0, 1);
}

BOOST_AUTO_TEST_CASE(on_a_plain_executor_it_is_lost) {
  asio::io_context context;
  QuietTimer<Clock> timer;
  asio::spawn(
      context,
      [&](asio::yield_context yield) {
        const auto run = timer.measure();
        compute_nap_compute(2, 3, yield);
      },
      asio::detached);
  asio::co_spawn(context, noise<Clock>(), asio::detached);
  context.run();
  check_outcomes(timer, 0, 0, 1);
}

BOOST_AUTO_TEST_CASE(timed_operations) {
  for (const Place place : single_threaded) {
    World<Clock> world(place);
    QuietTimer<Clock> timer("timed"), outer("outer");
    run_stackful(world, [&](asio::yield_context yield) {
      const auto run = outer.measure();
      compute<Clock>(1);
      asio::steady_timer wait(yield.get_executor(), std::chrono::milliseconds(1));
      asio::post(world.context(), [] { compute<Clock>(50); });
      wait.async_wait(perf_timer::timed(timer, yield));
      compute<Clock>(2);
    });
    BOOST_TEST_CONTEXT(place) {
      check_busy(timer, 0);
      BOOST_TEST(timer.snapshot().elapsed.total.count() == 50);
      check_busy(outer, 3);
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
#endif
