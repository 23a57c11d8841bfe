//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// Strands that hide their functions from the executor below. Each of these is an operation.
#include "tracked_runs/followed.hpp"

namespace perf_timer::test::tracked_runs {
namespace {

/// A strand of an instrumented executor that hides that it is one, or of a plain one.
asio::any_io_executor strand_of(const asio::any_io_executor& inner) {
  return asio::make_strand(inner);
}

struct Fixture {
  asio::io_context context;
  AsioPerfTimer timer{"run", quiet}, other{"other", quiet};
};

BOOST_FIXTURE_TEST_SUITE(strands, Fixture)

/// The strand's first function is somebody else's, and takes 10 ticks. The run posts to the strand
/// meanwhile.
template <class Program>
void beside_another(Fixture& fixture, const asio::any_io_executor& home,
                    const asio::any_io_executor& strand, Program program) {
  asio::post(strand, [home, program] {
    asio::co_spawn(home, program(), asio::detached);
    compute(10);
  });
  run(fixture.context);
}

BOOST_AUTO_TEST_CASE(who_posts_to_a_busy_strand_and_waits) {
  const asio::any_io_executor homes[] = {context.get_executor(), instrument(context)};
  for (const asio::any_io_executor& home : homes) {
    AsioPerfTimer measured("run", quiet);
    const auto strand = strand_of(home);
    beside_another(*this, home, strand, [&]() -> asio::awaitable<void> {
      const auto run = measured.measure();
      compute(1);
      co_await asio::post(asio::bind_executor(strand, asio::use_awaitable));
      compute(2);
    });
    BOOST_TEST_CONTEXT((home == homes[0])) {
      const TimerSnapshot seen = measured.snapshot();
      BOOST_TEST(seen.partial + seen.lost == 0u);
      BOOST_TEST(seen.runs == 1u);
      BOOST_TEST(seen.busy.total.count() == 3);
      BOOST_TEST(seen.busy.total + seen.queued.total == seen.elapsed.total);
    }
  }
}

BOOST_AUTO_TEST_CASE(who_dispatches_to_a_busy_strand_and_never_waits) {
  const asio::any_io_executor instrumented = instrument(context);
  const auto strand = strand_of(instrumented);
  asio::post(strand, [] { compute(10); });
  asio::post(strand, [] { compute(10); });
  const auto program = [&]() -> asio::awaitable<void> {
    const auto run = timer.measure();
    asio::dispatch(strand, [] { compute(7); });
    compute(1);
    co_await sleep(100);
  };
  asio::co_spawn(instrumented, program(), asio::detached);
  run(context);
  const TimerSnapshot seen = timer.snapshot();
  BOOST_TEST(seen.partial + seen.lost == 0u);
  BOOST_TEST(seen.busy.total.count() == 8);
}

BOOST_AUTO_TEST_CASE(a_function_that_finds_the_strand_idle_waits_once) {
  const asio::any_io_executor inner[] = {context.get_executor(), instrument(context)};
  for (const asio::any_io_executor& one : inner) {
    AsioPerfTimer measured("run", quiet);
    const auto strand = strand_of(one);
    const auto program = [&]() -> asio::awaitable<void> {
      const auto run = measured.measure();
      asio::post(strand, [] { compute(2); });
      compute(5);
      co_await sleep(20);
    };
    asio::co_spawn(one, program(), asio::detached);
    run(context);
    check(measured, {.busy = 7, .queued = 5, .elapsed = 25});
  }
}

BOOST_AUTO_TEST_CASE(what_is_inside_a_function_of_a_wrapped_executor) {
  const auto strand = strand_of(context.get_executor());
  asio::post(timer.wrap(context), [&] {
    compute(1);
    asio::dispatch(strand, [&] {
      compute(2);
      asio::dispatch(instrument(context), [] { compute(4); });
      compute(8);
    });
    compute(16);
  });
  run(context);
  check(timer, {.busy = 27, .queued = 0, .elapsed = 31});
}

BOOST_AUTO_TEST_CASE(two_whose_functions_are_in_one_queue) {
  const auto strand = strand_of(instrument(context));
  const auto user = [&](AsioPerfTimer& of, int n) -> asio::awaitable<void> {
    const auto run = of.measure();
    for (int i = 0; i < 3; ++i) {
      co_await asio::post(asio::use_awaitable);
      compute(n);
    }
  };
  asio::co_spawn(strand, user(timer, 2), asio::detached);
  asio::co_spawn(strand, user(other, 5), asio::detached);
  run(context);
  check(timer, {.busy = 6, .queued = 10, .elapsed = 16});
  check(other, {.busy = 15, .queued = 6, .elapsed = 21});
}

/// A run posts to the strand, and ends before its function begins.
void post_in_a_run(asio::io_context& context, AsioPerfTimer& timer,
                   const asio::any_io_executor& strand) {
  asio::post(context, [&] {
    const auto run = timer.measure();
    asio::post(strand, [] { compute(3); });
    compute(2);
  });
  run(context);
}

BOOST_AUTO_TEST_CASE(a_strand_of_a_started_runs_executor_flags_who_ends_before_its_function) {
  const auto started = timer.start();
  const auto strand = strand_of(started.wrap(context));
  post_in_a_run(context, other, strand);  // idle
  asio::post(strand, [] { compute(10); });
  post_in_a_run(context, other, strand);  // busy
  post_in_a_run(context, other, strand_of(strand));
  const auto outer = strand_of(strand);
  asio::post(strand, [] { compute(10); });
  asio::post(outer, [] { compute(10); });
  post_in_a_run(context, other, outer);  // both are busy
  BOOST_TEST(other.snapshot().partial + other.snapshot().lost == 4u);
}

BOOST_AUTO_TEST_CASE(another_strand_in_its_place_does_not) {
  for (int i = 0; i < 3; ++i) {
    {
      const auto started = timer.start();
      post_in_a_run(context, timer, strand_of(started.wrap(context)));
    }
    post_in_a_run(context, other, strand_of(instrument(context)));
    post_in_a_run(context, other, strand_of(context.get_executor()));
  }
  const TimerSnapshot seen = other.snapshot();
  BOOST_TEST(seen.partial + seen.lost == 0u);
  BOOST_TEST(seen.queued.total.count() == 6 * 2);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test::tracked_runs
