//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// Plain callbacks, no coroutine: one handler begins a run, and a later one ends it.
#include "common/error_code.hpp"
#include "common/quiet_timer.hpp"
#include "common/world.hpp"

#include <boost/asio/bind_executor.hpp>
#include <boost/asio/dispatch.hpp>

#include <memory>

namespace perf_timer::test {
namespace {

using Clock = ManualClock;
using asio::error_code;

/// Begins a run at its start. The last of the handlers that share the run ends it.
class Chain : public std::enable_shared_from_this<Chain> {
 public:
  /// The timer uses the plain context's executor. The handlers' own executor carries the run.
  Chain(asio::io_context& context, asio::any_io_executor executor, QuietTimer<Clock>& timer)
      : executor_(std::move(executor)), sleep_(context), run_(timer.measure()) {}

  void start(int rounds) {
    compute<Clock>(2);
    if (rounds == 0) return;
    sleep_.expires_after(std::chrono::milliseconds(1));
    sleep_.async_wait(
        asio::bind_executor(executor_, [self = shared_from_this(), rounds](error_code) {
          compute<Clock>(3);
          asio::post(self->executor_, [self, rounds] { self->start(rounds - 1); });
        }));
  }

 private:
  asio::any_io_executor executor_;
  asio::steady_timer sleep_;
  QuietTimer<Clock>::Run run_;
};

BOOST_AUTO_TEST_SUITE(callbacks)

BOOST_AUTO_TEST_CASE(a_run_over_many_handlers) {
  for (const Place place : single_threaded) {
    World<Clock> world(place);
    QuietTimer<Clock> timer;
    world.spawn(noise<Clock>());
    for (int i = 0; i < 3; ++i) {
      const auto executor = world.executor();
      asio::post(executor, [&world, executor, &timer] {
        std::make_shared<Chain>(world.context(), executor, timer)->start(10);
      });
    }
    world.run();
    BOOST_TEST_CONTEXT(place) {
      check_busy(timer, 3 * (11 * 2 + 10 * 3), 3);
      BOOST_TEST(timer.snapshot().busy.max.count() == 52);
    }
  }
}

BOOST_AUTO_TEST_CASE(each_handler_of_a_wrapped_executor_is_a_run) {
  for (const Place place : single_threaded) {
    World<Clock> world(place);
    QuietTimer<Clock> handlers("handlers"), whole("whole");
    const auto executor = handlers.wrap(world.executor());
    world.spawn(noise<Clock>());
    asio::post(executor,
               [&] { std::make_shared<Chain>(world.context(), executor, whole)->start(10); });
    world.run();
    BOOST_TEST_CONTEXT(place) {
      check_busy(whole, 52);
      check_busy(handlers, 52, 21);  // the start, and two handlers a round
    }
  }
}

BOOST_AUTO_TEST_CASE(bound_to_a_timer_of_its_own_inside_a_run) {
  World<Clock> world(Place::strand);
  QuietTimer<Clock> around("around"), handler("handler");
  const auto executor = world.executor();
  const auto bound = handler.wrap(asio::make_strand(world.context()));
  asio::steady_timer sleep(world.context(), std::chrono::milliseconds(1));
  const auto program = [&]() -> asio::awaitable<void> {
    const auto run = around.measure();
    sleep.async_wait(asio::bind_executor(bound, [](error_code) { compute<Clock>(5); }));
    asio::dispatch(asio::bind_executor(bound, [] { compute<Clock>(6); }));
    co_await nap(3);
    compute<Clock>(1);
  };
  world.spawn(noise<Clock>());
  world.run(program());
  check_busy(handler, 11, 2);
  check_busy(around, 12);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
