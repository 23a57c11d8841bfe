//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// Coroutines that start at once. Their first suspension returns to their caller, in the same step.
#include "common/quiet_timer.hpp"
#include "common/world.hpp"
#include "interop/eager_task.hpp"

#include <boost/asio/dispatch.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>

namespace perf_timer::test {
namespace {

using Executor = asio::any_io_executor;

/// Computes n, and ten times as much after it was suspended.
template <class Clock>
EagerTask<int> child(Executor executor, int n) {
  compute<Clock>(n);
  co_await EagerNap(executor);
  compute<Clock>(10 * n);
  co_return n;
}

/// Calls two children, and computes in between. `call(executor, n)` calls one.
template <class Clock>
EagerTask<void> caller(Executor executor, std::function<EagerTask<int>(Executor, int)> call) {
  auto first = call(executor, 1);
  compute<Clock>(100);
  auto second = call(executor, 2);
  compute<Clock>(1000);
  co_await EagerNap(executor);
  compute<Clock>(10'000);
  BOOST_TEST(co_await std::move(second) == 2);
  BOOST_TEST(co_await std::move(first) == 1);
  compute<Clock>(100'000);
}
constexpr int of_children = 11 + 22;
constexpr int of_caller = 111'100;

BOOST_AUTO_TEST_SUITE(eager_coroutines)

BOOST_AUTO_TEST_CASE(decorated_and_called_twice_by_one_caller) {
  in_single_threaded_places([]<class Clock>(World<Clock>& world) {
    QuietTimer<Clock> callee("callee"), around("around"), posted("posted");
    const auto call = callee.decorate(child<Clock>);
    const auto whole = around.decorate(caller<Clock>);
    world.spawn(noise<Clock>());
    const Executor executor = world.executor();
    asio::post(executor, [&] {
      const auto run = posted.measure();
      compute<Clock>(3);
      static_cast<void>(whole(executor, call));
      compute<Clock>(4);
    });
    world.run();
    check_busy(callee, of_children, 2);
    BOOST_TEST(callee.snapshot().busy.max.count() == 22);
    check_busy(around, of_children + of_caller);
    check_busy(posted, 3 + 1 + 100 + 2 + 1000 + 4);  // it ends before they go on
  });
}

/// Without a run around them, nobody has the caller's time.
BOOST_AUTO_TEST_CASE(called_by_a_caller_that_is_not_measured) {
  in_single_threaded_places([]<class Clock>(World<Clock>& world) {
    QuietTimer<Clock> callee("callee");
    const Executor executor = world.executor();
    asio::post(executor,
               [&] { static_cast<void>(caller<Clock>(executor, callee.decorate(child<Clock>))); });
    world.run(noise<Clock>());
    check_busy(callee, of_children, 2);
    BOOST_TEST(callee.snapshot().busy.max.count() == 22);
  });
}

BOOST_AUTO_TEST_CASE(a_scope_inside_a_decorated_one) {
  in_single_threaded_places([]<class Clock>(World<Clock>& world) {
    QuietTimer<Clock> callee("callee"), scope("scope");
    const auto call = callee.decorate([&](Executor executor, int n) -> EagerTask<int> {
      const auto run = scope.measure();
      compute<Clock>(n);
      co_await EagerNap(executor);
      compute<Clock>(10 * n);
      co_return n;
    });
    const Executor executor = world.executor();
    asio::post(executor, [&] { static_cast<void>(caller<Clock>(executor, std::ref(call))); });
    world.run(noise<Clock>());
    check_busy(scope, of_children, 2);
    check_busy(callee, of_children, 2);
    BOOST_TEST(scope.snapshot().busy.max.count() == 22);
  });
}

/// Each call is a step of its own, which ends where the coroutine is suspended.
BOOST_AUTO_TEST_CASE(a_scope_in_one_that_is_dispatched) {
  in_single_threaded_places([]<class Clock>(World<Clock>& world) {
    QuietTimer<Clock> scope("scope"), around("around");
    const auto call = [&](Executor executor, int n) -> EagerTask<int> {
      std::optional<EagerTask<int>> task;
      asio::dispatch(executor, [&] {
        task.emplace([](auto& timer, Executor own, int m) -> EagerTask<int> {
          const auto run = timer.measure();
          compute<Clock>(m);
          co_await EagerNap(own);
          compute<Clock>(10 * m);
          co_return m;
        }(scope, executor, n));
      });
      return std::move(*task);
    };
    const Executor executor = world.executor();
    asio::post(executor, [&] {
      static_cast<void>(around.decorate(caller<Clock>)(executor, std::ref(call)));
    });
    world.run(noise<Clock>());
    check_busy(scope, of_children, 2);
    check_busy(around, of_children + of_caller);
  });
}

/// The callee's end resumes its caller by hand, in the callee's step.
BOOST_AUTO_TEST_CASE(a_scope_that_the_caller_opened_after_the_call_is_lost) {
  using Clock = ManualClock;
  asio::io_context context;
  const Executor executor = instrument<Clock>(context);
  QuietTimer<Clock> callee("callee"), scope("scope"), around("around");
  const auto call = callee.decorate(child<Clock>);
  asio::post(executor, [&] {
    static_cast<void>(around.decorate([&]() -> EagerTask<void> {
      auto task = call(executor, 1);
      const auto run = scope.measure();
      co_await std::move(task);
      compute<Clock>(100);
    })());
  });
  context.run();
  check_busy(callee, 11);
  check_outcomes(scope, 0, 0, 1);
  check_busy(around, 111);
}

BOOST_AUTO_TEST_CASE(a_scope_open_over_the_first_suspension_holds_what_the_caller_executes) {
  // The library can't see that it is suspended. doc/design.md says so, and what to do about it.
  using Clock = ManualClock;
  asio::io_context context;
  const Executor executor = instrument<Clock>(context);
  QuietTimer<Clock> scope("scope");
  asio::post(executor, [&] {
    static_cast<void>([](Executor own, auto& timer) -> EagerTask<void> {
      const auto run = timer.measure();
      compute<Clock>(1);
      co_await EagerNap(own);
      compute<Clock>(10);
    }(executor, scope));
    compute<Clock>(100);
  });
  context.run();
  check_busy(scope, 111);
}

BOOST_AUTO_TEST_CASE(one_that_never_suspends) {
  using Clock = ManualClock;
  asio::io_context context;
  QuietTimer<Clock> callee("callee"), around("around");
  const auto call = callee.decorate([](std::string& text) -> EagerTask<std::string&> {
    compute<Clock>(5);
    co_return text;
  });
  asio::post(instrument<Clock>(context), [&] {
    static_cast<void>(around.decorate([&]() -> EagerTask<void> {
      std::string text;
      std::string& result = co_await call(text);
      BOOST_TEST(&result == &text);
      compute<Clock>(6);
    })());
  });
  context.run();
  check_busy(callee, 5);
  check_busy(around, 11);
}

BOOST_AUTO_TEST_CASE(results_that_only_move_and_arguments_that_are_moved) {
  using Clock = ManualClock;
  asio::io_context context;
  const Executor executor = instrument<Clock>(context);
  QuietTimer<Clock> callee("callee");
  const auto call = callee.decorate(
      [](Executor own, std::unique_ptr<int> given) -> EagerTask<std::unique_ptr<int>> {
        co_await EagerNap(own);
        compute<Clock>(5);
        co_return given;
      });
  int result = 0;
  asio::post(executor, [&] {
    static_cast<void>([](auto& f, Executor own, int& taken) -> EagerTask<void> {
      taken = *co_await f(own, std::make_unique<int>(7));
    }(call, executor, result));
  });
  context.run();
  BOOST_TEST(result == 7);
  check_busy(callee, 5);
}

BOOST_AUTO_TEST_CASE(one_that_throws) {
  using Clock = ManualClock;
  for (const bool at_once : {true, false}) {
    asio::io_context context;
    const Executor executor = instrument<Clock>(context);
    QuietTimer<Clock> callee("callee"), around("around");
    const auto call = callee.decorate([=](Executor own) -> EagerTask<void> {
      compute<Clock>(5);
      if (!at_once) co_await EagerNap(own);
      throw std::runtime_error("thrown");
    });
    asio::post(executor, [&] {
      static_cast<void>(around.decorate([&]() -> EagerTask<void> {
        auto task = call(executor);
        compute<Clock>(6);
        BOOST_CHECK_THROW(co_await std::move(task), std::runtime_error);
        compute<Clock>(7);
      })());
    });
    context.run();
    check_outcomes(callee, 0, 1, 0);
    BOOST_TEST(callee.snapshot().failed_busy.total.count() == 5);
    check_busy(around, 18);
  }
}

BOOST_AUTO_TEST_CASE(one_that_is_destroyed_while_it_is_suspended) {
  using Clock = ManualClock;
  asio::io_context context;
  const Executor executor = instrument<Clock>(context);
  QuietTimer<Clock> callee("callee"), around("around");
  asio::post(executor, [&] {
    const auto run = around.measure();
    auto task = callee.decorate([]() -> EagerTask<void> {
      compute<Clock>(2);
      co_await std::suspend_always();
    })();
    compute<Clock>(3);
    task.destroy();
  });
  context.run();
  check_outcomes(callee, 0, 0, 1);
  check_busy(around, 5);  // it was inside this one
}

BOOST_AUTO_TEST_CASE(on_a_plain_executor_it_is_partial) {
  using Clock = ManualClock;
  asio::io_context context;
  QuietTimer<Clock> callee("callee"), left("left");
  asio::post(context, [&] {
    static_cast<void>(caller<Clock>(context.get_executor(), callee.decorate(child<Clock>)));
  });
  asio::post(instrument<Clock>(context), [&] {  // its continuation leaves the executor
    static_cast<void>(caller<Clock>(context.get_executor(), left.decorate(child<Clock>)));
  });
  context.run();
  check_partial(callee, 2);
  check_partial(left, 2);
}

BOOST_AUTO_TEST_CASE(of_a_timer_that_is_off) {
  using Clock = ManualClock;
  asio::io_context context;
  const Executor executor = instrument<Clock>(context);
  QuietTimer<Clock> off("off"), around("around");
  off.enabled(false);
  asio::post(executor, [&] {
    static_cast<void>(around.decorate(caller<Clock>)(executor, off.decorate(child<Clock>)));
  });
  context.run();
  check_outcomes(off, 0, 0, 0);
  check_busy(around, of_children + of_caller);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
