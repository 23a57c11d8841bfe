//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// What newer versions of Asio have and 1.26 doesn't: cancel_after, immediate executors.
#include "common/error_code.hpp"
#include "common/quiet_timer.hpp"
#include "common/world.hpp"

#include <boost/asio/version.hpp>  // nothing else includes it

#if BOOST_ASIO_VERSION >= 103200

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/bind_immediate_executor.hpp>
#include <boost/asio/cancel_after.hpp>
#include <boost/asio/experimental/channel.hpp>

namespace perf_timer::test {
namespace {

using Clock = ManualClock;
using asio::error_code;
using Channel = asio::experimental::channel<void(error_code, int)>;

asio::awaitable<void> compute_nap_compute(int before, int after, int milliseconds) {
  compute<Clock>(before);
  co_await nap(milliseconds);
  compute<Clock>(after);
}

BOOST_AUTO_TEST_SUITE(newer_asio)

BOOST_AUTO_TEST_CASE(cancel_after) {
  for (const Place place : single_threaded) {
    World<Clock> world(place);
    QuietTimer<Clock> timer("timer"), in_time("in time"), too_late("too late");
    const auto program = [&]() -> asio::awaitable<void> {
      const auto executor = co_await asio::this_coro::executor;
      const auto run = timer.measure();
      compute<Clock>(1);
      asio::steady_timer forever(executor, asio::steady_timer::time_point::max());
      const auto [error] = co_await forever.async_wait(
          asio::cancel_after(std::chrono::milliseconds(1), asio::as_tuple(asio::use_awaitable)));
      BOOST_TEST(error == asio::error::operation_aborted);
      compute<Clock>(2);
      co_await asio::co_spawn(executor, in_time.decorate(compute_nap_compute(3, 4, 1)),
                              asio::cancel_after(std::chrono::hours(1), asio::use_awaitable));
      const auto [failure] = co_await asio::co_spawn(
          executor, too_late.decorate(compute_nap_compute(5, 1000, 1'000'000)),
          asio::cancel_after(std::chrono::milliseconds(1), asio::as_tuple(asio::use_awaitable)));
      BOOST_TEST(!!failure);
      compute<Clock>(6);
    };
    world.spawn(noise<Clock>());
    world.run(program());
    BOOST_TEST_CONTEXT(place) {
      check_busy(timer, 21);
      check_busy(in_time, 7);
      check_outcomes(too_late, 0, 1, 0);
    }
  }
}

BOOST_AUTO_TEST_CASE(an_operation_that_completes_at_once) {
  // A message is there already, so the operation completes through the immediate executor, which
  // passes the handler on to the handler's own executor.
  for (const Place place : single_threaded) {
    World<Clock> world(place);
    QuietTimer<Clock> timer("timer"), immediate("immediate"), handlers("handlers");
    Channel channel(world.context(), 10);
    const auto executor = handlers.wrap(asio::make_strand(world.context()));
    const auto at_once = immediate.wrap(asio::make_strand(world.context()));
    const auto program = [&]() -> asio::awaitable<void> {
      const auto run = timer.measure();
      co_await channel.async_send({}, 1, asio::use_awaitable);
      BOOST_TEST(co_await channel.async_receive(asio::use_awaitable) == 1);
      compute<Clock>(1);
      channel.try_send(error_code(), 2);
      channel.try_send(error_code(), 3);
      channel.async_receive(
          asio::bind_executor(executor, [](error_code, int n) { compute<Clock>(n); }));
      channel.async_receive(asio::bind_immediate_executor(
          at_once, asio::bind_executor(executor, [](error_code, int n) { compute<Clock>(n); })));
      co_await nap();
    };
    world.spawn(noise<Clock>());
    world.run(program());
    BOOST_TEST_CONTEXT(place) {
      check_busy(handlers, 5, 2);
      check_busy(immediate, 0, 1);
      check_busy(timer, 6);
    }
  }
}

/// Ends as `end` says, by its handler's immediate executor.
template <class Executor, class Token>
auto async_at_once(Executor executor, Token&& token) {
  return asio::async_initiate<Token, void(error_code)>(
      [executor](auto handler) {
        const auto its = asio::get_associated_immediate_executor(handler, executor);
        asio::dispatch(its, [h = std::move(handler)]() mutable { std::move(h)(error_code()); });
      },
      token);
}

BOOST_AUTO_TEST_CASE(timed_operations_that_end_at_once) {
  for (const bool instrumented : {false, true}) {
    asio::io_context context;
    asio::any_io_executor executor = context.get_executor();
    if (instrumented) executor = instrument<Clock>(context);
    QuietTimer<Clock> posted("posted"), inlined("inlined"), around("around");
    asio::post(instrument<Clock>(context), [&] {
      const auto run = around.measure();
      async_at_once(executor, perf_timer::timed(posted, [](error_code) { compute<Clock>(100); }));
      async_at_once(executor,
                    perf_timer::timed(inlined, asio::bind_immediate_executor(
                                                   asio::system_executor(),
                                                   [](error_code) { compute<Clock>(1000); })));
      compute<Clock>(1);
    });
    context.run();
    BOOST_TEST_CONTEXT((instrumented ? "instrumented" : "plain")) {
      check_busy(posted, 0);
      BOOST_TEST(posted.snapshot().queued.total.count() == 1001);
      check_busy(inlined, 0);
      BOOST_TEST(inlined.snapshot().elapsed.total.count() == 0);
      check_busy(around, 1001);
    }
  }
}

BOOST_AUTO_TEST_CASE(timed_by_default_and_inside_other_adapters) {
  asio::io_context context;
  QuietTimer<Clock> timer, too_late("too late");
  const auto program = [&]() -> asio::awaitable<void> {
    const auto executor = co_await asio::this_coro::executor;
    asio::steady_timer wait(executor, std::chrono::milliseconds(1));
    asio::post(context, [] { compute<Clock>(50); });
    co_await wait.async_wait(perf_timer::timed(timer));
    wait.expires_at(asio::steady_timer::time_point::max());
    const auto [error] = co_await wait.async_wait(perf_timer::timed(
        too_late, asio::cancel_after(std::chrono::milliseconds(1), asio::as_tuple)));
    BOOST_TEST(error == asio::error::operation_aborted);
  };
  for (const bool instrumented : {false, true}) {
    asio::any_io_executor executor = context.get_executor();
    if (instrumented) executor = instrument<Clock>(context);
    asio::co_spawn(executor, program(), asio::detached);
    context.run();
    context.restart();
  }
  check_busy(timer, 0, 2);
  BOOST_TEST(timer.snapshot().elapsed.total.count() == 100);
  check_outcomes(too_late, 0, 2, 0);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test

#endif
