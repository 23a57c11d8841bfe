//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// Labels of runs that go on over suspensions, and end elsewhere.
#include <perf_timer/label_run.hpp>
#include <perf_timer/started_run.hpp>

#include "common/quiet_timer.hpp"
#include "common/world.hpp"

#include <boost/asio/deferred.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>

#include <set>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace perf_timer::test {
namespace {

using Clock = ManualClock;
using Timer = QuietTimer<Clock>;
using namespace asio::experimental::awaitable_operators;

/// The labels of the timer's exemplars.
std::string labels_of(const Timer& timer) {
  std::string text;
  for (const Exemplar& one : timer.snapshot().exemplars)
    for (const auto& [name, value] : one.labels) text += name + "=" + value + " ";
  return text;
}

asio::awaitable<void> labelled(std::string name, std::string value) {
  co_await nap();
  BOOST_TEST(label_run<Clock>(name, value));
  co_await nap();
}

asio::awaitable<void> labelled_until_cancelled(asio::steady_timer& timer) {
  BOOST_TEST(label_run<Clock>("id", "8"));
  co_await until_cancelled(timer);
}

BOOST_AUTO_TEST_SUITE(run_labels)

BOOST_AUTO_TEST_CASE(in_a_decorated_coroutine) {
  for (const Place place : single_threaded) {
    Timer timer("request");
    World<Clock> world(place);
    world.run(timer.decorate(labelled("trace_id", "4bf9")));
    if (timer.snapshot().lost == 0) BOOST_TEST(labels_of(timer) == "trace_id=4bf9 ", place);
  }
}

BOOST_AUTO_TEST_CASE(each_run_has_its_own) {
  Timer first("first"), second("second");
  World<Clock> world(Place::context);
  world.spawn(first.decorate(labelled("id", "1")));
  world.spawn(second.decorate(labelled("id", "2")));
  world.run();
  BOOST_TEST(labels_of(first) == "id=1 ");
  BOOST_TEST(labels_of(second) == "id=2 ");
}

BOOST_AUTO_TEST_CASE(branches_label_the_run_around_them) {
  Timer timer("request");
  World<Clock> world(Place::context);
  world.run(timer.decorate(
      []() -> asio::awaitable<void> { co_await (labelled("a", "1") && labelled("b", "2")); }()));
  BOOST_TEST(labels_of(timer) == "a=1 b=2 ");
}

BOOST_AUTO_TEST_CASE(branches_at_once_on_several_threads) {
  for (int turn = 0; turn != 100; ++turn) {
    Timer timer("request");
    World<Clock> world(Place::pool_of_four);
    const auto branch = [](std::string name) -> asio::awaitable<void> {
      co_await asio::post(asio::use_awaitable);
      BOOST_TEST(label_run<Clock>(name, name));
    };
    world.run(timer.decorate([&]() -> asio::awaitable<void> {
      co_await (branch("a") && branch("b") && branch("c"));
    }()));
    std::set<std::string> names;
    for (const Exemplar& one : timer.snapshot().exemplars)
      for (const auto& label : one.labels) names.insert(label.first);
    if (timer.snapshot().lost == 0) BOOST_TEST((names == std::set<std::string>{"a", "b", "c"}));
  }
}

BOOST_AUTO_TEST_CASE(where_the_coroutine_is_not_followed) {
  Timer timer("request");
  asio::io_context context;
  asio::co_spawn(context, timer.decorate([]() -> asio::awaitable<void> {
    co_await nap();
    BOOST_TEST(!label_run<Clock>("id", "7"));
  }()),
                 asio::detached);
  context.run();
  BOOST_TEST(labels_of(timer) == "");
}

BOOST_AUTO_TEST_CASE(of_a_run_that_is_only_partial) {
  Timer timer("request");
  asio::io_context context;
  asio::co_spawn(
      context,
      [&]() -> asio::awaitable<void> {
        auto run = timer.measure();
        run.label("id", "7");
        co_await nap();
        run.stop();
      },
      asio::detached);
  context.run();
  BOOST_TEST(timer.snapshot().partial == 1u);
  BOOST_TEST(labels_of(timer) == "id=7 ");
}

BOOST_AUTO_TEST_CASE(of_a_run_that_is_lost) {
  Timer timer("request");
  asio::io_context context;
  asio::co_spawn(
      context,
      [&]() -> asio::awaitable<void> {
        auto run = timer.measure();
        run.label("id", "7");
        co_await nap();
      },
      asio::detached);
  context.run();
  check_outcomes(timer, 0, 0, 1);
  BOOST_TEST(labels_of(timer) == "");
}

BOOST_AUTO_TEST_CASE(of_a_decorated_coroutine_that_fails_or_is_destroyed) {
  Timer timer("request");
  {
    asio::io_context context;
    asio::co_spawn(instrument<Clock>(context), timer.decorate([]() -> asio::awaitable<void> {
      BOOST_TEST(label_run<Clock>("id", "7"));
      co_await nap();
      throw std::runtime_error("");
    }()),
                   [](std::exception_ptr) {});
    context.run();
    check_outcomes(timer, 0, 1, 0);
    asio::steady_timer never(context, asio::steady_timer::time_point::max());
    asio::co_spawn(instrument<Clock>(context), timer.decorate(labelled_until_cancelled(never)),
                   asio::detached);
    context.restart();
    context.poll();
  }
  check_outcomes(timer, 0, 1, 1);
  BOOST_TEST(labels_of(timer) == "");
}

BOOST_AUTO_TEST_CASE(of_a_started_run) {
  Timer timer("connection");
  asio::io_context context;
  auto run = timer.start();
  run.label("id", "7");
  asio::post(run.wrap(context), [] {
    BOOST_TEST(label_run<Clock>("peer", "::1"));
    compute<Clock>(5);
  });
  auto moved = std::move(run);
  BOOST_CHECK_THROW(run.label("id", "8"), std::logic_error);
  context.run();
  moved.stop();
  BOOST_CHECK_THROW(moved.label("id", "8"), std::logic_error);
  asio::post(moved.wrap(context), [] { BOOST_TEST(!label_run<Clock>("id", "late")); });
  context.restart();
  context.run();
  BOOST_TEST(labels_of(timer) == "id=7 peer=::1 ");
  for (void (Timer::StartedRun::* const end)() :
       {&Timer::StartedRun::fail, &Timer::StartedRun::cancel}) {
    auto other = timer.start();
    other.label("id", "none");
    (other.*end)();
  }
  BOOST_TEST(labels_of(timer) == "id=7 peer=::1 ");
}

BOOST_AUTO_TEST_CASE(what_outlives_a_started_run_labels_what_is_around_it) {
  Timer timer("connection"), other("other");
  asio::io_context context;
  auto run = timer.start();
  const auto executor = run.wrap(context);
  run.stop();
  asio::post(executor, [&] {
    const auto inside = other.measure();
    BOOST_TEST(label_run<Clock>("id", "7"));
  });
  context.run();
  BOOST_TEST(labels_of(timer) == "");
  BOOST_TEST(labels_of(other) == "id=7 ");
}

BOOST_AUTO_TEST_CASE(in_a_function_that_outlives_its_run) {
  Timer timer("request");
  World<Clock> world(Place::context);
  const auto executor = world.executor();
  asio::post(executor, [&] {
    const auto run = timer.measure();
    asio::post(executor, [&] { BOOST_TEST(!label_run<Clock>("id", "late")); });
  });
  world.run();
  BOOST_TEST(labels_of(timer) == "");
}

BOOST_AUTO_TEST_CASE(of_a_timed_operation) {
  Timer timer("wait");
  World<Clock> world(Place::context);
  world.run([&]() -> asio::awaitable<void> {
    co_await asio::co_spawn(co_await asio::this_coro::executor, labelled("id", "7"),
                            timed(timer, asio::use_awaitable));
  }());
  BOOST_TEST(labels_of(timer) == "id=7 ");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
