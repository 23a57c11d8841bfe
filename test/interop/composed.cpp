//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// Composed operations that compute between their steps. It counts for the caller's run, whatever
// executor their I/O objects have.
#include "common/asio_has.hpp"
#include "common/error_code.hpp"
#include "common/quiet_timer.hpp"
#include "common/world.hpp"

#include <boost/asio/bind_executor.hpp>
#include <boost/asio/compose.hpp>
#include <boost/asio/deferred.hpp>
#if BOOST_ASIO_VERSION >= 103200
#include <boost/asio/co_composed.hpp>
#include <boost/asio/composed.hpp>
#elif ASIO_HAS_CO_COMPOSED
#include <boost/asio/experimental/co_composed.hpp>
#endif

#include <utility>

namespace perf_timer::test {
namespace {

#if BOOST_ASIO_VERSION >= 103200
using asio::co_composed;
#elif ASIO_HAS_CO_COMPOSED
using asio::experimental::co_composed;
#endif
using Clock = ManualClock;
using asio::error_code;

constexpr int naps = 5;

/// Computes 2 before each of five naps, and 1 at the end.
struct Naps {
  asio::steady_timer& sleep;
  int left = naps;

  template <class Self>
  void operator()(Self& self, error_code error = {}) {
    if (left-- == 0) {
      compute<Clock>(1);
      return self.complete(error);
    }
    compute<Clock>(2);
    sleep.expires_after(std::chrono::milliseconds(1));
    sleep.async_wait(std::move(self));
  }
};
constexpr int busy = 2 * naps + 1;

template <class Token>
auto async_naps(asio::steady_timer& sleep, Token&& token) {
  return asio::async_compose<Token, void(error_code)>(Naps{sleep}, token, sleep);
}

#if ASIO_HAS_CO_COMPOSED
#if defined(__GNUC__) && !defined(__clang__)
// Without optimisation, g++ 12 falsely warns of mismatched new and delete in Asio's coroutine
// frame.
#pragma GCC diagnostic ignored "-Wmismatched-new-delete"
#endif

/// The same operation as a coroutine.
template <class Token>
auto async_co_naps(asio::steady_timer& sleep, Token&& token) {
  return asio::async_initiate<Token, void(error_code)>(
      co_composed<void(error_code)>(
          [](auto, asio::steady_timer& timer) -> void {
            for (int i = 0; i < naps; ++i) {
              compute<Clock>(2);
              timer.expires_after(std::chrono::milliseconds(1));
              co_await timer.async_wait(asio::deferred);
            }
            compute<Clock>(1);
            co_return {error_code()};
          },
          sleep),
      token, std::ref(sleep));
}
#endif

/// The operation is awaited in a run on every executor, with a timer on a plain and on an
/// instrumented context. It is also called with a callback on a wrapped executor.
template <class Operation>
void check_operation(Operation operation) {
  for (const Place place : single_threaded) {
    for (const bool plain : {true, false}) {
      World<Clock> world(place);
      QuietTimer<Clock> timer;
      const auto program = [&]() -> asio::awaitable<void> {
        const auto run = timer.measure();
        const auto executor = co_await asio::this_coro::executor;
        asio::steady_timer sleep(plain ? asio::any_io_executor(world.context().get_executor())
                                       : executor);
        co_await operation(sleep, asio::use_awaitable);
        compute<Clock>(1);
      };
      world.spawn(noise<Clock>());
      world.spawn(program());
      world.run(program());
      BOOST_TEST_CONTEXT(place << (plain ? ", plain" : ", instrumented") << " object") {
        check_busy(timer, 2 * (busy + 1), 2);
      }
    }
    World<Clock> world(place);
    QuietTimer<Clock> steps("steps");
    const auto wrapped = steps.wrap(world.executor());
    asio::steady_timer sleep(wrapped);
    world.spawn(noise<Clock>());
    asio::post(wrapped, [&] {
      operation(sleep, asio::bind_executor(wrapped, [](error_code) { compute<Clock>(3); }));
    });
    world.run();
    BOOST_TEST_CONTEXT(place) { check_busy(steps, busy + 3, steps.snapshot().runs); }
  }
}

BOOST_AUTO_TEST_SUITE(composed)

BOOST_AUTO_TEST_CASE(by_async_compose) {
  check_operation([](asio::steady_timer& sleep, auto&& token) {
    return async_naps(sleep, std::forward<decltype(token)>(token));
  });
}

#if ASIO_HAS_CO_COMPOSED
BOOST_AUTO_TEST_CASE(by_a_coroutine) {
  check_operation([](asio::steady_timer& sleep, auto&& token) {
    return async_co_naps(sleep, std::forward<decltype(token)>(token));
  });
}
#endif

#if BOOST_ASIO_VERSION >= 103200
BOOST_AUTO_TEST_CASE(by_composed) {
  check_operation([](asio::steady_timer& sleep, auto&& token) {
    return asio::async_initiate<decltype(token), void(error_code)>(
        asio::composed(Naps{sleep}, sleep), token);
  });
}
#endif

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
