//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// The semantics table of doc/design.md: what one coroutine's run is charged with.
#include "common/quiet_timer.hpp"
#include "common/world.hpp"

#include <boost/asio/async_result.hpp>
#include <boost/asio/defer.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/executor_work_guard.hpp>

namespace perf_timer::test {
namespace {

BOOST_AUTO_TEST_SUITE(semantics_sequence)

BOOST_AUTO_TEST_CASE(compute_sleep_compute) {
  in_every_place([]<class Clock>(World<Clock>& world) {
    QuietTimer<Clock> timer;
    const auto program = [&]() -> asio::awaitable<void> {
      const auto run = timer.measure();
      compute<Clock>(2);
      co_await nap();
      compute<Clock>(3);
    };
    world.spawn(noise<Clock>());
    world.spawn(program());
    world.spawn(program());
    world.run(noise<Clock>());
    check_busy(timer, 10, 2);
  });
}

BOOST_AUTO_TEST_CASE(the_same_decorated) {
  in_every_place([]<class Clock>(World<Clock>& world) {
    QuietTimer<Clock> awaitable("awaitable"), function("function");
    const auto program = []() -> asio::awaitable<void> {
      compute<Clock>(2);
      co_await nap();
      compute<Clock>(3);
    };
    const auto decorated = function.decorate(program);
    const auto both = [&]() -> asio::awaitable<void> {
      co_await awaitable.decorate(program());
      co_await decorated();
    };
    world.spawn(noise<Clock>());
    world.run(both());
    check_busy(awaitable, 5);
    check_busy(function, 5);
  });
}

BOOST_AUTO_TEST_CASE(awaited_child) {
  in_every_place([]<class Clock>(World<Clock>& world) {
    QuietTimer<Clock> outer("outer"), inner("inner");
    const auto child = [&]() -> asio::awaitable<void> {
      const auto run = inner.measure();
      compute<Clock>(2);
      co_await nap();
      compute<Clock>(3);
    };
    const auto program = [&]() -> asio::awaitable<void> {
      const auto run = outer.measure();
      compute<Clock>(1);
      co_await child();
    };
    world.spawn(noise<Clock>());
    world.run(program());
    check_busy(outer, 6);
    check_busy(inner, 5);
  });
}

BOOST_AUTO_TEST_CASE(awaited_child_on_another_executor) {
  in_every_place([]<class Clock>(World<Clock>& world) {
    QuietTimer<Clock> outer("outer"), inner("inner");
    const auto child = [&]() -> asio::awaitable<int> {
      const auto run = inner.measure();
      compute<Clock>(2);
      co_await nap();
      compute<Clock>(3);
      co_return 7;
    };
    const auto strand = instrument<Clock>(asio::make_strand(world.context()));
    const auto program = [&]() -> asio::awaitable<void> {
      const auto run = outer.measure();
      compute<Clock>(1);
      BOOST_TEST(co_await asio::co_spawn(strand, child(), asio::use_awaitable) == 7);
      compute<Clock>(1);
    };
    world.spawn(noise<Clock>());
    // The context is idle while a pool executes the program.
    auto work = asio::make_work_guard(world.context());
    world.spawn([](auto inner_program, auto* guard) -> asio::awaitable<void> {
      co_await std::move(inner_program);
      guard->reset();
    }(program(), &work));
    world.run();
    check_busy(outer, 7);
    check_busy(inner, 5);
  });
}

BOOST_AUTO_TEST_CASE(post_dispatch_and_defer_to_itself) {
  in_every_place([]<class Clock>(World<Clock>& world) {
    QuietTimer<Clock> posts("post"), dispatches("dispatch"), defers("defer");
    const auto program = [&]() -> asio::awaitable<void> {
      {
        const auto run = posts.measure();
        compute<Clock>(1);
        co_await asio::post(asio::use_awaitable);
        compute<Clock>(1);
      }
      {
        const auto run = dispatches.measure();
        compute<Clock>(1);
        co_await asio::dispatch(asio::use_awaitable);
        compute<Clock>(1);
      }
      {
        const auto run = defers.measure();
        compute<Clock>(1);
        co_await asio::defer(asio::use_awaitable);
        compute<Clock>(1);
      }
    };
    world.spawn(noise<Clock>());
    world.spawn(program());
    world.run(program());
    check_busy(posts, 4, 2);
    check_busy(dispatches, 4, 2);
    check_busy(defers, 4, 2);
  });
}

BOOST_AUTO_TEST_CASE(handler_posted_and_waited_for) {
  in_every_place([]<class Clock>(World<Clock>& world) {
    QuietTimer<Clock> timer;
    const auto program = [&]() -> asio::awaitable<void> {
      const auto run = timer.measure();
      compute<Clock>(1);
      const auto executor = co_await asio::this_coro::executor;
      co_await asio::async_initiate<const asio::use_awaitable_t<>&, void()>(
          [&](auto handler) {
            asio::post(executor, [handler = std::move(handler)]() mutable {
              compute<Clock>(4);
              std::move(handler)();
            });
          },
          asio::use_awaitable);
      compute<Clock>(1);
    };
    world.run(program());
    check_busy(timer, 6);
  });
}

BOOST_AUTO_TEST_CASE(hops_over_four_threads) {
  World<ThreadManualClock> world(Place::four_threads);
  QuietTimer<ThreadManualClock> request("request"), part("part");
  const auto program = [&]() -> asio::awaitable<void> {
    for (int i = 0; i < 20; ++i) {
      const auto run = request.measure();
      for (int hop = 0; hop < 10; ++hop) {
        const auto inner = part.measure();
        compute<ThreadManualClock>(3);
        co_await asio::post(asio::use_awaitable);
        compute<ThreadManualClock>(4);
        co_await asio::post(asio::use_awaitable);
      }
    }
  };
  for (int i = 0; i < 16; ++i) world.spawn(program());
  world.run();
  check_busy(request, 16 * 20 * 70, 16 * 20);
  check_busy(part, 16 * 20 * 70, 16 * 200);
  const auto snapshot = request.snapshot();
  BOOST_TEST(snapshot.busy.min.count() == 70);
  BOOST_TEST(snapshot.busy.max.count() == 70);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
