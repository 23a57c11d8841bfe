//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// Timers that are switched off: executors still carry spans, and coroutines and functions still do
// their work.
#include "common/quiet_timer.hpp"
#include "common/world.hpp"

#include <chrono>

namespace perf_timer::test {
namespace {

using Clock = ManualClock;

BOOST_AUTO_TEST_SUITE(enabled)

BOOST_AUTO_TEST_CASE(a_function_counts_if_the_timer_is_on_when_it_is_submitted_and_when_it_ends) {
  for (const bool submitted_on : {true, false}) {
    for (const bool ends_on : {true, false}) {
      BOOST_TEST_CONTEXT(submitted_on << ends_on) {
        QuietTimer<Clock> timer;
        asio::io_context context;
        const auto executor = timer.wrap(context);
        timer.enabled(submitted_on);
        asio::post(executor, [] { Clock::advance(3); });
        BOOST_TEST(timer.snapshot().waiting == (submitted_on ? 1u : 0u));
        timer.enabled(ends_on);
        BOOST_TEST(timer.snapshot().waiting == (submitted_on ? 1u : 0u));
        context.run();
        BOOST_TEST(timer.snapshot().runs == (submitted_on && ends_on ? 1u : 0u));
        BOOST_TEST(timer.snapshot().dropped == 0u);
        BOOST_TEST(timer.snapshot().waiting == 0u);
        BOOST_TEST(timer.snapshot().open == 0u);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(so_does_one_that_fails_or_never_runs) {
  for (const bool submitted_on : {true, false}) {
    for (const bool ends_on : {true, false}) {
      BOOST_TEST_CONTEXT(submitted_on << ends_on) {
        QuietTimer<Clock> timer;
        {
          asio::io_context context;
          timer.enabled(submitted_on);
          for (int i = 0; i < 3; ++i) asio::post(timer.wrap(context), [] { throw 0; });
          timer.enabled(ends_on);
          BOOST_CHECK_THROW(context.run(), int);
        }
        BOOST_TEST(timer.snapshot().failed == (submitted_on && ends_on ? 1u : 0u));
        BOOST_TEST(timer.snapshot().dropped == (submitted_on && ends_on ? 2u : 0u));
        BOOST_TEST(timer.snapshot().open == 0u);
        BOOST_TEST(timer.snapshot().waiting == 0u);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(one_of_two_timers_is_switched_while_the_function_waits) {
  QuietTimer<Clock> on, switched;
  asio::io_context context;
  switched.enabled(false);
  asio::post(switched.wrap(on.wrap(context)), [] {});
  switched.enabled(true);
  BOOST_TEST(on.snapshot().waiting == 1u);
  BOOST_TEST(switched.snapshot().waiting == 0u);
  context.run();
  BOOST_TEST(on.snapshot().runs == 1u);
  BOOST_TEST(switched.snapshot().runs == 0u);
  BOOST_TEST(on.snapshot().open == 0u);
  BOOST_TEST(switched.snapshot().open == 0u);
}

BOOST_AUTO_TEST_CASE(one_of_two_timers_of_an_executor) {
  QuietTimer<Clock> on, off;
  asio::io_context context;
  off.enabled(false);
  asio::post(off.wrap(on.wrap(context)), [] { Clock::advance(3); });
  context.run();
  BOOST_TEST(on.snapshot().busy.total.count() == 3);
  BOOST_TEST(off.snapshot().runs == 0u);
}

BOOST_AUTO_TEST_CASE(a_wrapped_executor_carries_the_span_of_a_run_around) {
  QuietTimer<Clock> around, off;
  asio::io_context context;
  off.enabled(false);
  const auto executor = off.wrap(context);
  asio::co_spawn(
      executor,
      [&]() -> asio::awaitable<void> {
        const auto run = around.measure();
        Clock::advance(2);
        co_await asio::post(asio::use_awaitable);
        Clock::advance(3);
      },
      asio::detached);
  context.run();
  BOOST_TEST(around.snapshot().busy.total.count() == 5);
  BOOST_TEST(off.snapshot().runs == 0u);
}

asio::awaitable<int> seven() {
  co_await asio::post(asio::use_awaitable);
  Clock::advance(1);
  co_return 7;
}

BOOST_AUTO_TEST_CASE(an_awaitable_is_what_it_was) {
  QuietTimer<Clock> timer;
  asio::io_context context;
  timer.enabled(false);
  int result = 0;
  asio::co_spawn(
      instrument<Clock>(context),
      [&]() -> asio::awaitable<void> { result = co_await timer.decorate(seven()); },
      asio::detached);
  context.run();
  BOOST_TEST(result == 7);
  BOOST_TEST(timer.snapshot().runs == 0u);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
