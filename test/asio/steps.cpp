//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// In how many steps runs execute, and how long the longest takes.
#include <perf_timer/asio_perf_timer.hpp>
#include <perf_timer/interval_reader.hpp>

#include "common/quiet_timer.hpp"
#include "common/world.hpp"

#include <boost/asio/experimental/awaitable_operators.hpp>

namespace perf_timer::test {
namespace {

using Clock = ManualClock;

void check_steps(const TimerBase& timer, std::uint64_t steps, int longest) {
  const auto snapshot = timer.snapshot();
  BOOST_TEST_CONTEXT(timer.name()) {
    BOOST_TEST(snapshot.lost == 0u);
    BOOST_TEST(snapshot.steps == steps);
    BOOST_TEST(snapshot.longest_step.count() == longest);
  }
}

/// Computes in as many steps as there are numbers.
asio::awaitable<void> work(int first, int second = 0, int third = 0) {
  compute<Clock>(first);
  for (const int ticks : {second, third}) {
    if (ticks == 0) co_return;
    co_await nap();
    compute<Clock>(ticks);
  }
}

BOOST_AUTO_TEST_SUITE(steps)

BOOST_AUTO_TEST_CASE(a_run_of_300_in_100_steps_is_no_stall_and_in_one_it_is) {
  for (const Place place : single_threaded) {
    World<Clock> world(place);
    QuietTimer<Clock> many("many"), one("one");
    world.spawn(many.decorate([]() -> asio::awaitable<void> {
      for (int i = 0; i < 100; ++i) {
        compute<Clock>(3);
        if (i != 99) co_await asio::post(asio::use_awaitable);
      }
    })());
    world.run();
    BOOST_TEST_CONTEXT(place) { check_steps(many, 100, 3); }
    World<Clock> other(place);
    other.run(one.decorate(work(300)));
    BOOST_TEST_CONTEXT(place) { check_steps(one, 1, 300); }
  }
}

BOOST_AUTO_TEST_CASE(steps_of_several_runs_add_up) {
  World<Clock> world(Place::context);
  QuietTimer<Clock> outer("outer"), inner("inner");
  world.run(outer.decorate([&]() -> asio::awaitable<void> {
    co_await inner.decorate(work(1, 40));
    co_await inner.decorate(work(2, 3, 4));
  })());
  check_steps(inner, 2 + 3, 40);
  // The first run ends, and the second begins, in one step.
  check_steps(outer, 2 + 3 - 1, 42);
}

BOOST_AUTO_TEST_CASE(branches_have_steps_of_their_own) {
  using namespace asio::experimental::awaitable_operators;
  World<Clock> world(Place::strand);
  QuietTimer<Clock> timer;
  world.run(
      timer.decorate([]() -> asio::awaitable<void> { co_await (work(5, 6) && work(7, 8)); })());
  const auto snapshot = timer.snapshot();
  BOOST_TEST(snapshot.lost == 0u);
  BOOST_TEST(snapshot.busy.total.count() == 26);
  BOOST_TEST(snapshot.steps >= 3u);  // how many more depends on Asio
  // Asio begins both branches in steps of their own, or in one.
  BOOST_TEST(snapshot.longest_step.count() >= 8);
  BOOST_TEST(snapshot.longest_step.count() <= 12);
}

BOOST_AUTO_TEST_CASE(a_wrapped_executors_functions_are_one_each) {
  asio::io_context context;
  QuietTimer<Clock> timer;
  const auto strand = timer.wrap(asio::make_strand(context));
  for (const int ticks : {3, 9, 4}) asio::post(strand, [ticks] { compute<Clock>(ticks); });
  context.run();
  check_steps(timer, 3, 9);
}

BOOST_AUTO_TEST_CASE(what_was_observed_elsewhere_has_none) {
  QuietTimer<Clock> timer;
  timer.observe(std::chrono::nanoseconds(7));
  check_steps(timer, 0, 0);
}

BOOST_AUTO_TEST_CASE(a_plain_timer_has_none) {
  PerfTimer timer("plain", {.log = [](std::string_view) {}});
  {
    const auto run = timer.measure();
  }
  check_steps(timer, 0, 0);
}

BOOST_AUTO_TEST_CASE(an_interval_has_its_own) {
  QuietTimer<Clock> timer;
  const auto run = [&](int first, int second = 0, int third = 0) {
    World<Clock>(Place::context).run(timer.decorate(work(first, second, third)));
  };
  const auto next = [&](IntervalReader& reader) {
    for (auto& shown : reader.next().timers)
      if (shown.name == timer.name()) return shown;
    return TimerSnapshot();
  };
  run(5, 6);
  IntervalReader reader;
  run(1, 2, 3);
  auto shown = next(reader);
  BOOST_TEST(shown.steps == 3u);
  BOOST_TEST(shown.longest_step.count() == 0);  // only that it was at most 6
  run(7);
  shown = next(reader);
  BOOST_TEST(shown.steps == 1u);
  BOOST_TEST(shown.longest_step.count() == 7);
  check_steps(timer, 2 + 3 + 1, 7);
  timer.reset();
  check_steps(timer, 0, 0);
  run(2, 1);
  check_steps(timer, 2, 2);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
