//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// Completion tokens in a coroutine. However an operation returns its result, the run goes on.
#include "common/asio_has.hpp"
#include "common/error_code.hpp"
#include "common/quiet_timer.hpp"
#include "common/world.hpp"

#include <boost/asio/append.hpp>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_future.hpp>
#if ASIO_HAS_USE_PROMISE
#include <boost/asio/experimental/promise.hpp>  // Asio 1.26 needs it before use_promise.hpp
#include <boost/asio/experimental/use_promise.hpp>
#endif

#include <future>
#include <tuple>

namespace perf_timer::test {
namespace {

using Clock = ManualClock;
using asio::error_code;

/// A run computes 2, awaits one millisecond of sleep, and computes 3. `await` itself computes
/// `besides`.
template <class Await>
void check_token(const char* what, Await await, int besides = 0) {
  for (const Place place : single_threaded) {
    World<Clock> world(place);
    QuietTimer<Clock> scope("scope"), decorated("decorated");
    const auto program = [&]() -> asio::awaitable<void> {
      const auto run = scope.measure();
      asio::steady_timer sleep(co_await asio::this_coro::executor, std::chrono::milliseconds(1));
      compute<Clock>(2);
      co_await await(sleep);
      compute<Clock>(3);
    };
    world.spawn(noise<Clock>());
    world.spawn(program());
    world.run(decorated.decorate(program()));
    BOOST_TEST_CONTEXT(what << ", " << place) {
      check_busy(scope, 2 * (5 + besides), 2);
      check_busy(decorated, 5 + besides);
    }
  }
}

BOOST_AUTO_TEST_SUITE(tokens)

BOOST_AUTO_TEST_CASE(that_a_coroutine_awaits) {
  check_token("use_awaitable", [](asio::steady_timer& sleep) -> asio::awaitable<void> {
    co_await sleep.async_wait(asio::use_awaitable);
  });
  check_token("as_tuple", [](asio::steady_timer& sleep) -> asio::awaitable<void> {
    const auto [error] = co_await sleep.async_wait(asio::as_tuple(asio::use_awaitable));
    BOOST_TEST(!error);
  });
  check_token("redirect_error", [](asio::steady_timer& sleep) -> asio::awaitable<void> {
    error_code error = asio::error::operation_aborted;
    co_await sleep.async_wait(asio::redirect_error(asio::use_awaitable, error));
    BOOST_TEST(!error);
  });
  check_token("append", [](asio::steady_timer& sleep) -> asio::awaitable<void> {
    const auto [error, number] =
        co_await sleep.async_wait(asio::append(asio::as_tuple(asio::use_awaitable), 7));
    BOOST_TEST((!error && number == 7));
  });
}

BOOST_AUTO_TEST_CASE(operations_that_wait_for_their_token) {
  check_token("deferred", [](asio::steady_timer& sleep) -> asio::awaitable<void> {
    auto later = sleep.async_wait(asio::deferred);
    co_await std::move(later)(asio::use_awaitable);
  });
  const auto chained = [](asio::steady_timer& sleep) -> asio::awaitable<void> {
    auto chain = sleep.async_wait(asio::deferred([&](error_code) {
      compute<Clock>(1);
      sleep.expires_after(std::chrono::milliseconds(1));
      return sleep.async_wait(asio::deferred);
    }));
    co_await std::move(chain)(asio::use_awaitable);
  };
  check_token("a chain of deferred", chained, 1);
}

#if ASIO_HAS_USE_PROMISE
BOOST_AUTO_TEST_CASE(operations_that_are_under_way_before_they_are_awaited) {
  const auto promised = [](asio::steady_timer& sleep) -> asio::awaitable<void> {
    auto promise = sleep.async_wait(asio::experimental::use_promise);
    compute<Clock>(1);
    co_await nap(2);
    co_await std::move(promise)(asio::use_awaitable);
  };
  check_token("use_promise", promised, 1);
}
#endif

BOOST_AUTO_TEST_CASE(a_callback_on_the_coroutines_executor) {
  const auto called_back = [](asio::steady_timer& sleep) -> asio::awaitable<void> {
    const auto executor = co_await asio::this_coro::executor;
    sleep.async_wait(asio::bind_executor(executor, [](error_code) { compute<Clock>(4); }));
    co_await nap(3);
  };
  check_token("bind_executor", called_back, 4);
}

BOOST_AUTO_TEST_CASE(a_future_of_a_coroutine) {
  for (const Place place : single_threaded) {
    World<Clock> world(place);
    QuietTimer<Clock> timer, steps("steps");
    const auto program = [&]() -> asio::awaitable<int> {
      const auto run = timer.measure();
      compute<Clock>(2);
      co_await nap();
      compute<Clock>(3);
      co_return 7;
    };
    world.spawn(noise<Clock>());
    auto future = asio::co_spawn(world.executor(), program(), asio::use_future);
    auto wrapped = asio::co_spawn(steps.wrap(world.executor()), program(), asio::use_future);
    auto posted = asio::post(steps.wrap(world.executor()), asio::use_future([] {
                               compute<Clock>(10);
                               return 8;
                             }));
    world.run();
    BOOST_TEST(future.get() == 7);
    BOOST_TEST(wrapped.get() == 7);
    BOOST_TEST(posted.get() == 8);
    BOOST_TEST_CONTEXT(place) {
      check_busy(timer, 10, 2);
      check_busy(steps, 15, steps.snapshot().runs);  // their number depends on Asio
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
