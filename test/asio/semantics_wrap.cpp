//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// The semantics table of doc/design.md: executors that a timer wraps.
#include "common/quiet_timer.hpp"
#include "common/world.hpp"

#include <boost/asio/defer.hpp>
#include <boost/asio/dispatch.hpp>

#include <stdexcept>

namespace perf_timer::test {
namespace {

using Clock = ManualClock;

void work(int n) { compute<Clock>(n); }

BOOST_AUTO_TEST_SUITE(semantics_wrap)

BOOST_AUTO_TEST_CASE(a_hundred_posts_to_a_strand_are_a_hundred_runs) {
  asio::io_context context;
  QuietTimer<Clock> typed("typed"), erased("erased");
  const auto strand = typed.wrap(asio::make_strand(context));
  const asio::any_io_executor any = erased.wrap(asio::make_strand(context));
  for (int i = 0; i < 100; ++i) {
    asio::post(strand, [] { work(2); });
    asio::post(any, [] { work(3); });
  }
  context.run();
  check_busy(typed, 200, 100);
  check_busy(erased, 300, 100);
}

BOOST_AUTO_TEST_CASE(queued_is_from_submission_to_start_and_elapsed_to_the_end) {
  asio::io_context context;
  QuietTimer<Clock> timer;
  const auto executor = timer.wrap(context);
  asio::post(context, [] { work(7); });
  asio::post(executor, [] { work(2); });
  asio::post(executor, [] { work(3); });
  context.run();
  const auto snapshot = timer.snapshot();
  BOOST_TEST(snapshot.runs == 2u);
  BOOST_TEST(snapshot.busy.total.count() == 2 + 3);
  BOOST_TEST(snapshot.queued.min.count() == 7);
  BOOST_TEST(snapshot.queued.max.count() == 7 + 2);
  BOOST_TEST(snapshot.elapsed.min.count() == 7 + 2);
  BOOST_TEST(snapshot.elapsed.max.count() == 7 + 2 + 3);
  BOOST_TEST(snapshot.idle().count() == 0);
}

BOOST_AUTO_TEST_CASE(an_inline_dispatch_on_another_strand_is_a_run_of_its_own) {
  asio::io_context context;
  QuietTimer<Clock> a("a"), b("b"), around("around");
  const auto strand_a = a.wrap(asio::make_strand(context));
  const auto strand_b = b.wrap(asio::make_strand(context));
  const auto start = [&] {
    asio::dispatch(strand_a, [&] {
      work(1);
      asio::dispatch(strand_b, [] { work(2); });
      work(1);
    });
  };
  asio::post(instrument<Clock>(context), [&] {
    const auto run = around.measure();
    start();
  });
  context.run();
  check_busy(a, 2);
  check_busy(b, 2);
  check_busy(around, 4);
}

BOOST_AUTO_TEST_CASE(an_instrumented_function_inside_is_not_counted_twice) {
  asio::io_context context;
  QuietTimer<Clock> outer("outer");
  const auto wrapped = outer.wrap(context);
  asio::post(wrapped, [&] {
    work(1);
    asio::dispatch(instrument<Clock>(context), [&] {
      work(10);
      asio::dispatch(instrument<Clock>(context), [] { work(100); });
      work(10);
    });
    work(1);
  });
  context.run();
  check_busy(outer, 2);
  BOOST_TEST(outer.snapshot().elapsed.total.count() == 122);
}

BOOST_AUTO_TEST_CASE(each_timer_of_a_twice_wrapped_executor_gets_the_run) {
  asio::io_context context;
  QuietTimer<Clock> one("one"), all("all");
  const auto executor = all.wrap(one.wrap(asio::make_strand(context)));
  const auto again = all.wrap(one.wrap(perf_timer::task<Clock>(context)));
  asio::post(executor, [] { work(3); });
  asio::post(again, [] { work(4); });
  context.run();
  check_busy(one, 7, 2);
  check_busy(all, 7, 2);
}

BOOST_AUTO_TEST_CASE(a_coroutine_on_a_wrapped_executor) {
  asio::io_context context;
  QuietTimer<Clock> steps("steps"), whole("whole");
  const auto program = [&]() -> asio::awaitable<void> {
    const auto run = whole.measure();
    work(2);
    co_await nap();
    work(3);
  };
  asio::co_spawn(steps.wrap(context), program(), asio::detached);
  context.run();
  check_busy(whole, 5);
  const auto snapshot = steps.snapshot();
  // The number of functions depends on Asio.
  BOOST_TEST(snapshot.runs >= 2u);
  BOOST_TEST(snapshot.busy.total.count() == 5);
}

BOOST_AUTO_TEST_CASE(a_handler_that_throws_has_failed) {
  asio::io_context context;
  QuietTimer<Clock> timer;
  asio::post(timer.wrap(context), [] {
    work(5);
    throw std::runtime_error("handler");
  });
  asio::post(timer.wrap(context), [] { work(1); });
  BOOST_CHECK_THROW(context.run(), std::runtime_error);
  context.run();
  check_outcomes(timer, 1, 1, 0);
  BOOST_TEST(timer.snapshot().busy.total.count() == 1);
}

BOOST_AUTO_TEST_CASE(a_throw_inside_an_inline_dispatch_leaves_the_outer_run_intact) {
  asio::io_context context;
  QuietTimer<Clock> outer("outer"), inner("inner");
  asio::post(outer.wrap(context), [&] {
    work(1);
    asio::dispatch(inner.wrap(context), [] {
      work(2);
      throw std::runtime_error("inner");
    });
    work(4);
  });
  BOOST_CHECK_THROW(context.run(), std::runtime_error);
  context.run();
  check_outcomes(inner, 0, 1, 0);
  check_busy(outer, 5);
}

BOOST_AUTO_TEST_CASE(a_function_destroyed_without_running_is_dropped) {
  QuietTimer<Clock> timer;
  {
    asio::io_context context;
    for (int i = 0; i < 3; ++i) asio::post(timer.wrap(context), [] { work(1); });
    context.run_one();
  }
  check_outcomes(timer, 1, 0, 0, 2);
}

BOOST_AUTO_TEST_CASE(what_a_handler_owns_is_destroyed_within_its_run) {
  struct Costly {
    Costly() = default;
    Costly(Costly&& other) noexcept : alive(std::exchange(other.alive, false)) {}
    ~Costly() {
      if (alive) work(5);
    }
    bool alive = true;
  };
  asio::io_context context;
  QuietTimer<Clock> timer;
  asio::post(timer.wrap(context), [costly = Costly()] { work(2); });
  context.run();
  check_busy(timer, 7);
}

BOOST_AUTO_TEST_CASE(every_kind_of_function) {
  asio::io_context context;
  QuietTimer<Clock> timer;
  const auto executor = timer.wrap(context);
  struct LvalueOnly {
    void operator()() & { work(1); }
  };
  struct RvalueOnly {
    void operator()() && { work(1); }
  };
  executor.execute(LvalueOnly());
  executor.execute(RvalueOnly());
  executor.execute([owned = std::make_unique<int>(1)] { work(*owned); });
  executor.execute(+[] { work(1); });
  asio::defer(executor, [] { work(1); });
  context.run();
  check_busy(timer, 5, 5);
}

BOOST_AUTO_TEST_CASE(deep_inline_recursion) {
  asio::io_context context;
  QuietTimer<Clock> timer;
  const auto executor = timer.wrap(context);
  struct Recursion {
    decltype(executor) ex;
    int depth;
    void operator()() const {
      work(1);
      if (depth > 0) asio::dispatch(ex, Recursion{ex, depth - 1});
      work(1);
    }
  };
  asio::post(executor, Recursion{executor, 999});
  context.run();
  check_busy(timer, 2000, 1000);
  BOOST_TEST(timer.snapshot().busy.max.count() == 2);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
