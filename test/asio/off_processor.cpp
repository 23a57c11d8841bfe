//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// A clock of processor time stands still while a thread blocks or is preempted. Such time is
// neither busy nor idle.
#include <perf_timer/asio_perf_timer.hpp>

#include "common/manual_clock.hpp"
#include "common/quiet_timer.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/test/unit_test.hpp>

#include <chrono>
#include <memory>
#include <utility>

namespace perf_timer::test {
namespace {

namespace asio = boost::asio;

/// The processor time of a thread. Unless it blocks, wall time passes with it.
struct ProcessorClock : ThreadManualClock {
  static void advance(rep n) noexcept {
    ThreadManualClock::advance(n);
    ManualClock::advance(n);
  }
};
using Timer = QuietTimer<ProcessorClock>;

void compute(int n) { ProcessorClock::advance(n); }
/// The thread is not on a processor. Or nothing executes at all.
void pass(int n) { ManualClock::advance(n); }

struct Times {
  std::int64_t busy, off_processor, queued, idle;
};

void check(const TimerBase& timer, const Times& times, std::uint64_t runs = 1) {
  check_busy(timer, times.busy, runs);
  const auto snapshot = timer.snapshot();
  BOOST_TEST(snapshot.off_processor.count() == times.off_processor);
  BOOST_TEST(snapshot.queued.total.count() == times.queued);
  BOOST_TEST(snapshot.idle().count() == times.idle);
}

BOOST_AUTO_TEST_SUITE(off_processor)

BOOST_AUTO_TEST_CASE(of_a_scope) {
  Timer timer;
  asio::io_context context;
  asio::post(instrument<ProcessorClock>(context), [&] {
    const auto run = timer.measure();
    compute(2);
    pass(5);
    compute(3);
  });
  context.run();
  check(timer, {5, 5, 0, 0});
}

BOOST_AUTO_TEST_CASE(of_a_coroutine_that_also_waits) {
  Timer outer("outer"), inner("inner");
  asio::io_context context;
  const auto blocks = [](int busy, int blocked) -> asio::awaitable<void> {
    compute(busy);
    pass(blocked);
    co_return;
  };
  asio::co_spawn(
      instrument<ProcessorClock>(context),
      [&]() -> asio::awaitable<void> {
        const auto run = outer.measure();
        co_await inner.decorate(blocks(2, 30));
        asio::post(context, [] { pass(400); });  // on behalf of nobody: the run is queued
        co_await asio::post(asio::use_awaitable);
        co_await blocks(1, 20);
      },
      asio::detached);
  context.run();
  check(inner, {2, 30, 0, 0});
  check(outer, {3, 50, 400, 0});
}

BOOST_AUTO_TEST_CASE(waiting_outside_of_every_step_is_idle) {
  Timer timer;
  asio::io_context context;
  auto run = timer.start();
  const auto executor = run.wrap(context);
  asio::post(executor, [] {
    compute(2);
    pass(7);
  });
  context.run();
  pass(50);
  run.stop();
  check(timer, {2, 7, 0, 50});
}

BOOST_AUTO_TEST_CASE(of_functions_each_has_its_own) {
  Timer outer("outer"), inner("inner");
  asio::io_context context;
  const auto around = outer.wrap(context), inside = inner.wrap(context);
  asio::post(around, [&] {
    compute(1);
    pass(10);
    asio::dispatch(inside, [] {
      compute(2);
      pass(300);
    });
    pass(10);
  });
  pass(4000);
  context.run();
  check(inner, {2, 300, 0, 0});
  BOOST_TEST(outer.snapshot().off_processor.count() == 20);
  check_busy(outer, 1);
}

BOOST_AUTO_TEST_CASE(it_is_forgotten_and_told_anew) {
  Timer timer;
  asio::io_context context;
  const auto block = [&](int n) {
    asio::post(timer.wrap(context), [n] { pass(n); });
    context.restart();
    context.run();
  };
  block(3);
  BOOST_TEST(timer.snapshot().off_processor.count() == 3);
  timer.reset();
  BOOST_TEST(timer.snapshot().off_processor.count() == 0);
  block(4);
  BOOST_TEST(timer.snapshot().off_processor.count() == 4);
}

BOOST_AUTO_TEST_CASE(a_clock_of_wall_time_knows_of_none) {
  QuietTimer<ManualClock> timer;
  asio::io_context context;
  asio::post(timer.wrap(context), [] { pass(3); });
  context.run();
  check_busy(timer, 3);
  BOOST_TEST(timer.snapshot().off_processor.count() == 0);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
