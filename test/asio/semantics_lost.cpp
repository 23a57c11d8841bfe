//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// The semantics table of doc/design.md: runs that fail or can't be measured to their end.
#include "common/quiet_timer.hpp"
#include "common/world.hpp"

#include <boost/asio/async_result.hpp>
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/executor_work_guard.hpp>

#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>

namespace perf_timer::test {
namespace {

/// Checks the reason in the snapshot, and its count.
void check_reason(const TimerBase& timer, std::uint64_t count, const std::string& part) {
  const auto reasons = timer.snapshot().lost_reasons;
  BOOST_TEST_REQUIRE(reasons.size() == 1u);
  BOOST_TEST(reasons[0].count == count);
  BOOST_TEST(std::string(reasons[0].reason).find(part) != std::string::npos, reasons[0].reason);
}

BOOST_AUTO_TEST_SUITE(semantics_lost)

BOOST_AUTO_TEST_CASE(resumed_on_an_executor_that_is_not_instrumented) {
  in_every_place([]<class Clock>(World<Clock>& world) {
    QuietTimer<Clock> timer;
    const auto program = [&]() -> asio::awaitable<void> {
      const auto run = timer.measure();
      compute<Clock>(2);
      co_await asio::post(asio::bind_executor(world.context().get_executor(), asio::use_awaitable));
      compute<Clock>(3);
    };
    auto work = asio::make_work_guard(world.context());
    world.spawn([](auto inner, auto* guard) -> asio::awaitable<void> {
      co_await std::move(inner);
      guard->reset();
    }(program(), &work));
    world.run();
    check_outcomes(timer, 0, 0, 1);
    check_reason(timer, 1, "nothing instrumented was executing");
  });
}

/// Checks that the only run of the timer has this elapsed time, and nothing else.
void check_partial(const TimerBase& timer, std::int64_t elapsed, const std::string& why) {
  const auto snapshot = timer.snapshot();
  BOOST_TEST_CONTEXT(timer.name()) {
    BOOST_TEST(snapshot.runs == 1u);
    BOOST_TEST(snapshot.partial == 1u);
    BOOST_TEST(snapshot.lost == 0u);
    BOOST_TEST(snapshot.busy.count == 0u);
    BOOST_TEST(snapshot.queued.count == 0u);
    BOOST_TEST(snapshot.elapsed.count == 1u);
    BOOST_TEST(snapshot.elapsed.total.count() == elapsed);
    BOOST_TEST(snapshot.complete_elapsed.count() == 0);
    BOOST_TEST_REQUIRE(snapshot.partial_reasons.size() == 1u);
    BOOST_TEST(snapshot.partial_reasons[0].reason == why);
  }
}

// Law 1: whoever tells the end has the elapsed time.
BOOST_AUTO_TEST_CASE(a_run_whose_end_is_told_is_partial_where_it_cannot_be_followed) {
  for (const Place place : single_threaded) {
    BOOST_TEST_CONTEXT(place) {
      World<ManualClock> world(place);
      QuietTimer<ManualClock> decorated("decorated"), stopped("stopped"), scope("scope");
      const auto leave = [&]() -> asio::awaitable<int> {
        const auto lost = scope.measure();
        auto run = stopped.measure();
        compute<ManualClock>(2);
        co_await asio::post(
            asio::bind_executor(world.context().get_executor(), asio::use_awaitable));
        compute<ManualClock>(3);
        run.stop();
        compute<ManualClock>(4);
        co_return 1;
      };
      auto work = asio::make_work_guard(world.context());
      world.spawn([](auto inner, auto* guard) -> asio::awaitable<void> {
        BOOST_TEST(co_await std::move(inner) == 1);
        guard->reset();
      }(decorated.decorate(leave()), &work));
      world.run();
      check_partial(stopped, 5, "ended where nothing instrumented was executing");
      check_partial(decorated, 9, "ended where nothing instrumented was executing");
      check_outcomes(scope, 0, 0, 1);
    }
  }
}

BOOST_AUTO_TEST_CASE(a_decorated_run_that_throws_there_has_its_elapsed_time) {
  World<ManualClock> world(Place::context);
  QuietTimer<ManualClock> timer;
  const auto leave = [&]() -> asio::awaitable<void> {
    compute<ManualClock>(2);
    co_await asio::post(asio::bind_executor(world.context().get_executor(), asio::use_awaitable));
    compute<ManualClock>(3);
    throw std::runtime_error("there");
  };
  BOOST_CHECK_THROW(world.run(timer.decorate(leave())), std::runtime_error);
  check_outcomes(timer, 0, 1, 0);
  BOOST_TEST(timer.snapshot().failed_elapsed.total.count() == 5);
  BOOST_TEST(timer.snapshot().failed_busy.count == 0u);
}

BOOST_AUTO_TEST_CASE(under_an_executor_that_is_instrumented_with_another_clock) {
  asio::io_context context;
  QuietTimer<ManualClock> scope("scope"), stopped("stopped");
  const auto program = [&]() -> asio::awaitable<void> {
    const auto lost = scope.measure();
    auto run = stopped.measure();
    co_await asio::post(asio::use_awaitable);
    compute<ManualClock>(2);
    run.stop();
  };
  asio::co_spawn(instrument(context), program(), asio::detached);
  context.run();
  const std::string why = "its executor is instrumented with another clock than its timer's";
  check_partial(stopped, 2, why);
  check_outcomes(scope, 0, 0, 1);
  check_reason(scope, 1, why);
}

/// Computes 2, 3 on a plain executor, and 4 back on its own.
asio::awaitable<void> there_and_back(QuietTimer<ManualClock>& timer, asio::io_context& plain) {
  const auto run = timer.measure();
  compute<ManualClock>(2);
  co_await asio::post(asio::bind_executor(plain.get_executor(), asio::use_awaitable));
  compute<ManualClock>(3);
  co_await asio::post(asio::use_awaitable);
  compute<ManualClock>(4);
}

BOOST_AUTO_TEST_CASE(to_a_plain_executor_and_back) {
  for (const Place place : {Place::context, Place::strand, Place::erased_strand}) {
    World<ManualClock> world(place);
    QuietTimer<ManualClock> timer;
    world.run(there_and_back(timer, world.context()));
    check_outcomes(timer, 0, 0, 1);
  }
}

BOOST_AUTO_TEST_CASE(a_task_finds_its_run_again_and_counts_what_it_executed_itself) {
  World<ManualClock> world(Place::task);
  QuietTimer<ManualClock> timer;
  world.run(there_and_back(timer, world.context()));
  check_busy(timer, 6);
}

BOOST_AUTO_TEST_CASE(measured_in_a_coroutine_that_is_not_instrumented) {
  asio::io_context context;
  QuietTimer<ManualClock> timer;
  const auto program = [&]() -> asio::awaitable<void> {
    const auto run = timer.measure();
    compute<ManualClock>(2);
    co_await nap();
    compute<ManualClock>(3);
  };
  asio::co_spawn(context, program(), asio::detached);
  asio::co_spawn(context, noise<ManualClock>(), asio::detached);
  context.run();
  check_outcomes(timer, 0, 0, 1);
  check_reason(timer, 1, "began where nothing instrumented was executing");
}

BOOST_AUTO_TEST_CASE(measured_on_a_plain_stack_it_is_a_run) {
  QuietTimer<ManualClock> outer("outer"), inner("inner");
  {
    const auto run = outer.measure();
    compute<ManualClock>(2);
    {
      const auto nested = inner.measure();
      compute<ManualClock>(3);
    }
  }
  check_busy(outer, 5);
  check_busy(inner, 3);
}

BOOST_AUTO_TEST_CASE(posted_from_a_plain_stack_inside_a_run) {
  asio::io_context context;
  QuietTimer<ManualClock> timer;
  asio::post(instrument<ManualClock>(context), [] { compute<ManualClock>(50); });
  {
    const auto run = timer.measure();
    asio::post(instrument<ManualClock>(context), [] { compute<ManualClock>(4); });
    context.run();
  }
  check_busy(timer, 4);
}

BOOST_AUTO_TEST_CASE(left_by_an_exception) {
  in_every_place([]<class Clock>(World<Clock>& world) {
    QuietTimer<Clock> before("before"), after("after"), decorated("decorated"), outer("outer");
    const auto throws = [&](bool suspend) -> asio::awaitable<void> {
      const auto run = (suspend ? after : before).measure();
      compute<Clock>(1);
      if (suspend) co_await nap();
      throw std::runtime_error("coroutine");
    };
    const auto program = [&]() -> asio::awaitable<void> {
      const auto run = outer.measure();
      for (const bool suspend : {false, true}) {
        try {
          co_await decorated.decorate(throws(suspend));
          BOOST_ERROR("no exception");
        } catch (const std::runtime_error&) {
          compute<Clock>(1);
        }
      }
    };
    world.run(program());
    check_outcomes(before, 0, 1, 0);
    check_outcomes(after, 0, 1, 0);
    check_outcomes(decorated, 0, 2, 0);
    check_busy(outer, 4);
    for (const auto* timer : {&before, &after}) {
      BOOST_TEST(timer->snapshot().failed_elapsed.count == 1u);
      BOOST_TEST(timer->snapshot().failed_busy.total.count() == 1);
    }
    BOOST_TEST(decorated.snapshot().failed_elapsed.count == 2u);
    BOOST_TEST(decorated.snapshot().failed_busy.total.count() == 2);
  });
}

BOOST_AUTO_TEST_CASE(destroyed_while_suspended) {
  QuietTimer<ManualClock> outer("outer"), inner("inner"), decorated("decorated");
  {
    asio::io_context context;
    const auto sleeps = [&]() -> asio::awaitable<void> {
      const auto run = inner.measure();
      co_await forever();
    };
    const auto program = [&]() -> asio::awaitable<void> {
      const auto run = outer.measure();
      co_await decorated.decorate(sleeps());
    };
    asio::co_spawn(instrument<ManualClock>(context), program(), asio::detached);
    asio::co_spawn(perf_timer::task<ManualClock>(context), program(), asio::detached);
    context.poll();
    check_outcomes(outer, 0, 0, 0);
  }
  check_outcomes(outer, 0, 0, 2);
  check_outcomes(decorated, 0, 0, 2);
  check_outcomes(inner, 0, 0, 2);
  check_reason(inner, 2, "destroyed it while it was suspended");
  check_reason(decorated, 2, "was destroyed while it was suspended");
}

/// A hand-written event for coroutines. It stores the handler and ignores executors.
class HandMadeEvent {
 public:
  asio::awaitable<void> wait() {
    co_await asio::async_initiate<const asio::use_awaitable_t<>&, void()>(
        [this](auto handler) {
          // Shared because std::function needs something copyable.
          auto shared = std::make_shared<decltype(handler)>(std::move(handler));
          waiter_ = [shared] { std::move (*shared)(); };
        },
        asio::use_awaitable);
  }
  void notify() { std::exchange(waiter_, nullptr)(); }

 private:
  std::function<void()> waiter_;
};

BOOST_AUTO_TEST_CASE(woken_by_hand_in_the_step_of_another_run) {
  asio::io_context context;
  QuietTimer<ManualClock> waits("waits"), wakes("wakes"), around("around");
  HandMadeEvent event;
  const auto waiter = [&]() -> asio::awaitable<void> {
    const auto run = waits.measure();
    compute<ManualClock>(2);
    co_await event.wait();
    compute<ManualClock>(3);
  };
  const auto waker = [&]() -> asio::awaitable<void> {
    const auto outer = around.measure();
    {
      const auto run = wakes.measure();
      compute<ManualClock>(4);
      event.notify();
      co_await asio::post(asio::use_awaitable);
    }
  };
  const auto executor = instrument<ManualClock>(context);
  asio::co_spawn(executor, waiter(), asio::detached);
  asio::co_spawn(executor, waker(), asio::detached);
  context.run();
  check_outcomes(waits, 0, 0, 1);
  check_reason(waits, 1, "on behalf of something else");
  check_outcomes(wakes, 0, 0, 1);
  check_reason(wakes, 1, "charged with the time of another run");
  check_outcomes(around, 0, 0, 1);
}

BOOST_AUTO_TEST_CASE(woken_by_hand_through_the_executor_of_its_task) {
  // Rule 6: a task's own executor knows what to charge, whoever posts to it.
  asio::io_context context;
  QuietTimer<ManualClock> waits("waits"), wakes("wakes");
  HandMadeEvent event;
  const auto waiter = [&]() -> asio::awaitable<void> {
    const auto run = waits.measure();
    compute<ManualClock>(2);
    co_await event.wait();
    compute<ManualClock>(3);
  };
  const auto mine = perf_timer::task<ManualClock>(context);
  const auto waker = [&]() -> asio::awaitable<void> {
    const auto run = wakes.measure();
    compute<ManualClock>(4);
    asio::post(mine, [&] { event.notify(); });
    co_await asio::post(asio::use_awaitable);
    compute<ManualClock>(5);
  };
  asio::co_spawn(mine, waiter(), asio::detached);
  asio::co_spawn(instrument<ManualClock>(context), waker(), asio::detached);
  context.run();
  check_busy(waits, 5);
  check_busy(wakes, 9);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
