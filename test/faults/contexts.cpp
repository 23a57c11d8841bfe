//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// Contexts that are stopped, restarted and destroyed with work pending.
#include "common/optional_run.hpp"
#include "common/quiet_timer.hpp"
#include "common/world.hpp"

#include <boost/asio/dispatch.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>

namespace perf_timer::test {
namespace {

using Clock = ManualClock;
using Timer = QuietTimer<Clock>;

/// Submits functions, and stops the context after each given number of them. Then destroys the
/// context.
struct Stops {
  const char* name;
  int submitted;
  std::initializer_list<int> runs_between;
};

const Stops every_stops[] = {{"never run", 5, {}},
                             {"stopped at once", 5, {0, 0}},
                             {"stopped in the midst", 5, {2, 1}},
                             {"all run", 5, {2, 3}},
                             {"one by one", 4, {1, 1, 1}}};

BOOST_AUTO_TEST_SUITE(contexts)

BOOST_AUTO_TEST_CASE(what_did_not_run_is_dropped) {
  for (const Place place : single_threaded) {
    for (const Stops& stops : every_stops) {
      BOOST_TEST_CONTEXT(place << ", " << stops.name) {
        Timer timer;
        auto alive = std::make_shared<int>(0);
        int ran = 0;
        {
          World<Clock> world(place);
          // On a strand, one function of the context runs all functions in the strand's queue. A
          // stop takes effect only when that function returns.
          const auto executor = timer.wrap(world.executor());
          int left = 0;
          std::function<void()> submit_the_rest;
          for (const int runs : stops.runs_between) {
            for (int i = 0; i < runs; ++i)
              asio::post(executor, [&ran, alive] {
                Clock::advance(2);
                ++ran;
              });
            asio::post(world.context(), [&] { world.context().stop(); });
            world.context().run();
            world.context().restart();
            left += runs;
          }
          for (; left < stops.submitted; ++left) asio::post(executor, [&ran, alive] { ++ran; });
        }
        BOOST_TEST(alive.use_count() == 1);
        const auto submitted = static_cast<std::uint64_t>(stops.submitted);
        const auto runs = static_cast<std::uint64_t>(ran);
        check_outcomes(timer, runs, 0, 0, submitted - runs);
        BOOST_TEST(timer.snapshot().busy.total.count() == 2 * ran);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(functions_inside_functions_are_dropped_once) {
  Timer outer("outer"), inner("inner");
  {
    asio::io_context context;
    const auto strand = asio::make_strand(context);
    asio::post(outer.wrap(strand), [&] {
      for (int i = 0; i < 3; ++i) asio::post(inner.wrap(strand), [] {});
      context.stop();
    });
    asio::post(outer.wrap(strand), [] {});
    // It is bound to the other context's function, and destroyed with it.
    asio::post(outer.wrap(context), [f = std::make_unique<int>(1)] { static_cast<void>(f); });
    context.run_one();
  }
  BOOST_TEST(outer.snapshot().runs + outer.snapshot().dropped == 3u);
  BOOST_TEST(inner.snapshot().runs + inner.snapshot().dropped == 3u);
  BOOST_TEST(inner.snapshot().dropped == 3u);
}

/// Coroutines that are suspended in every way: in themselves, in what they await, in branches,
/// decorated, or never begun.
struct Coroutines {
  Timer scope{"scope"}, child{"child"}, branch{"branch"}, decorated{"decorated"};

  asio::awaitable<void> measured(Timer& timer) {
    const auto run = timer.measure();
    Clock::advance(3);
    co_await forever();
  }
  asio::awaitable<void> program() {
    const auto run = scope.measure();
    Clock::advance(1);
    asio::co_spawn(co_await asio::this_coro::executor, measured(branch), asio::detached);
    asio::co_spawn(co_await asio::this_coro::executor, decorated.decorate(forever()),
                   asio::detached);
    co_await measured(child);
  }
  void check(std::uint64_t lost) {
    check_outcomes(scope, 0, 0, lost);
    check_outcomes(child, 0, 0, lost);
    check_outcomes(branch, 0, 0, lost);
    check_outcomes(decorated, 0, 0, lost);
  }
};

BOOST_AUTO_TEST_CASE(frames_destroyed_while_suspended_are_lost) {
  for (const Place place : single_threaded) {
    BOOST_TEST_CONTEXT(place) {
      Coroutines coroutines;
      {
        World<Clock> world(place);
        for (int i = 0; i < 3; ++i) {
          world.spawn(coroutines.program());
          world.context().poll();
          world.context().stop();
          world.context().restart();
        }
        coroutines.check(0);
      }
      coroutines.check(3);
    }
  }
}

// No exception was thrown in these coroutines, so they are lost as if no exception were on its way.
BOOST_AUTO_TEST_CASE(frames_destroyed_while_an_exception_unwinds_the_stack_are_lost) {
  for (const Place place : single_threaded) {
    BOOST_TEST_CONTEXT(place) {
      Coroutines coroutines;
      Timer pending("pending"), thrower("thrower"), around("around");
      const auto server = [&] {
        const auto run = around.measure();
        World<Clock> world(place);
        world.spawn(coroutines.program());
        world.context().poll();
        asio::post(thrower.wrap(world.context()), [] { throw std::runtime_error("handler"); });
        asio::post(pending.wrap(world.context()), [] {});
        world.context().restart();
        world.context().run();
      };
      BOOST_CHECK_THROW(server(), std::runtime_error);
      coroutines.check(1);
      check_outcomes(thrower, 0, 1, 0);
      check_outcomes(pending, 0, 0, 0, 1);
      check_outcomes(around, 0, 1, 0);
    }
  }
}

BOOST_AUTO_TEST_CASE(an_awaitable_that_is_never_awaited_is_nothing) {
  Timer timer;
  {
    const auto never = timer.decorate(forever());
  }
  {
    asio::io_context context;
    asio::co_spawn(instrument<Clock>(context), timer.decorate(forever()), asio::detached);
  }
  check_outcomes(timer, 0, 0, 0);
}

BOOST_AUTO_TEST_CASE(runs_of_one_context_in_functions_of_another) {
  Timer timer;
  asio::io_context survives;
  std::optional<asio::io_context> dies(std::in_place);
  OptionalRun<Timer> run;
  asio::post(instrument<Clock>(*dies), [&] {
    run.measure(timer);
    Clock::advance(2);
    asio::post(instrument<Clock>(survives), [&] {
      Clock::advance(3);
      run.reset();
    });
  });
  dies->run();
  dies.reset();
  survives.run();
  check_busy(timer, 5);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
