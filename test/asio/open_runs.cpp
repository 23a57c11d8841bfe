//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/open_runs.hpp>

#include "common/hangs_after.hpp"
#include "common/quiet_timer.hpp"
#include "common/world.hpp"

#include <boost/asio/deferred.hpp>

#include <chrono>
#include <memory>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace perf_timer {

std::ostream& operator<<(std::ostream& out, const OpenRun& run) {
  out << run.name << ' ' << run.age.count();
  for (const auto& part : {run.busy, run.queued}) part ? out << ' ' << part->count() : out << " ?";
  return out << ' ' << to_string(run.state);
}

}  // namespace perf_timer

namespace perf_timer::test {
namespace {

using Clock = ManualClock;
using Timer = QuietTimer<Clock>;
using Runs = std::vector<perf_timer::OpenRun>;
using State = OpenRunState;
using ns = std::chrono::nanoseconds;
constexpr auto unknown = std::nullopt;

void check(const Runs& expected) {
  const auto runs = open_runs();
  BOOST_TEST(runs == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE(open_runs_, *hangs_after(60))

BOOST_AUTO_TEST_CASE(none_is_open) { check({}); }

BOOST_AUTO_TEST_CASE(the_line_at_the_end_of_a_timer_has_the_age_of_the_oldest) {
  std::string line;
  {
    std::optional<BasicAsioPerfTimer<Clock>> timer(
        std::in_place, "session", TimerOptions{.log = [&](std::string_view l) { line = l; }});
    auto first = timer->start();
    compute<Clock>(4000);
    auto second = timer->start();
    compute<Clock>(1000);
    timer.reset();
    BOOST_TEST(line == "timer \"session\": no samples, 2 open (the oldest for 5.00 usec)");
  }
}

BOOST_AUTO_TEST_CASE(a_coroutine_that_executes_waits_and_is_idle) {
  Timer timer("session");
  World<Clock> world(Place::context);
  const auto session = [&]() -> asio::awaitable<void> {
    const auto run = timer.measure();
    compute<Clock>(3);
    check({{"session", ns(3), ns(3), ns(0), State::executing}});
    asio::post(world.context(), [] {
      compute<Clock>(10);  // another's
      check({{"session", ns(13), ns(3), ns(10), State::waiting}});
    });
    co_await asio::post(asio::use_awaitable);
    check({{"session", ns(13), ns(3), ns(10), State::executing}});
    asio::post(world.context(), [] {
      compute<Clock>(20);
      check({{"session", ns(33), ns(3), ns(10), State::idle}});
    });
    co_await nap();
    check({{"session", ns(33), ns(3), ns(10), State::executing}});
    BOOST_TEST((timer.snapshot().oldest_open == ns(33)));
  };
  world.run(session());
  check({});
  BOOST_TEST(!timer.snapshot().oldest_open);
}

BOOST_AUTO_TEST_CASE(the_oldest_comes_first_and_the_youngest_are_left_out) {
  Timer timer("connection"), other("other");
  std::vector<Timer::StartedRun> runs;
  for (int i = 0; i < 5; ++i) {
    runs.push_back((i == 1 ? other : timer).start());
    compute<Clock>(i == 3 ? 0 : 10);  // two are as old
  }
  const auto ages = [](std::size_t most) {
    std::string text;
    for (const auto& run : open_runs(most))
      text += run.name + ' ' + std::to_string(run.age.count()) + ' ';
    return text;
  };
  const std::string all = "connection 40 other 30 connection 20 connection 10 connection 10 ";
  BOOST_TEST(ages(100) == all);
  BOOST_TEST(ages(5) == all);
  BOOST_TEST(ages(4) == "connection 40 other 30 connection 20 connection 10 ");
  BOOST_TEST(ages(1) == "connection 40 ");
  BOOST_TEST(ages(0) == "");
  BOOST_TEST((timer.snapshot().oldest_open == ns(40)));
  BOOST_TEST((other.snapshot().oldest_open == ns(30)));
  for (const auto& snapshot : snapshot_all())
    BOOST_TEST((snapshot.oldest_open == ns(snapshot.name == "other" ? 30 : 40)));
  runs.erase(runs.begin());
  BOOST_TEST(ages(2) == "other 30 connection 20 ");
  BOOST_TEST((timer.snapshot().oldest_open == ns(20)));
}

BOOST_AUTO_TEST_CASE(of_those_that_cannot_be_followed_the_age) {
  Timer timer("decorated");
  asio::io_context context;  // plain
  const std::unique_ptr<Timer::Run> on_heap(new Timer::Run(timer.measure()));
  compute<Clock>(5);
  check({{"decorated", ns(5), unknown, unknown, State::unknown}});
  const auto request = [&]() -> asio::awaitable<void> {
    compute<Clock>(2);
    check({{"decorated", ns(7), unknown, unknown, State::unknown},
           {"decorated", ns(2), unknown, unknown, State::unknown}});
    co_await nap();
  };
  asio::co_spawn(context, timer.decorate(request()), asio::detached);
  context.run();
  check({{"decorated", ns(7), unknown, unknown, State::unknown}});
  on_heap->stop();
  check({});
  BOOST_TEST(timer.snapshot().partial == 2u);
}

BOOST_AUTO_TEST_CASE(an_operation_and_the_run_around_it) {
  Timer timer("read"), around("request");
  World<Clock> world(Place::strand);
  const auto request = [&]() -> asio::awaitable<void> {
    const auto run = around.measure();
    compute<Clock>(1);
    asio::steady_timer socket(co_await asio::this_coro::executor, std::chrono::milliseconds(1));
    asio::post(world.context(), [] {
      compute<Clock>(4);
      check({{"request", ns(5), ns(1), ns(0), State::idle},
             {"read", ns(4), ns(0), ns(0), State::idle}});
    });
    co_await socket.async_wait(timed(timer, asio::use_awaitable));
    check({{"request", ns(5), ns(1), ns(0), State::executing}});
  };
  world.run(request());
}

BOOST_AUTO_TEST_CASE(whatever_ends_it) {
  Timer timer("run");
  for (int way = 0; way < 5; ++way) {
    BOOST_TEST_CONTEXT(way) {
      auto started = std::make_optional(timer.start());
      check({{"run", ns(0), ns(0), ns(0), State::idle}});
      if (way == 0) started->stop();
      if (way == 1) started->fail();
      if (way == 2) started->cancel();
      if (way == 3) started.reset();
      if (way == 4) static_cast<void>(Timer::StartedRun(std::move(*started)));
      check({});
    }
  }
  try {
    const auto run = timer.measure();
    throw 0;
  } catch (int) {
  }
  {
    asio::io_context context;
    asio::co_spawn(instrument<Clock>(context), timer.decorate(forever()), asio::detached);
    context.run_one();
    BOOST_TEST(open_runs().size() == 1u);
  }  // destroyed while it is suspended
  check({});
  BOOST_TEST(timer.snapshot().lost == 1u);
}

BOOST_AUTO_TEST_CASE(none_of_a_timer_that_is_off_or_gone) {
  auto timer = std::make_optional<Timer>("run");
  timer->enabled(false);
  const auto off = timer->start();
  check({});
  timer->enabled(true);
  const auto on = timer->start();
  timer->enabled(false);
  BOOST_TEST(open_runs().size() == 1u);
  timer.reset();
  check({});
}

BOOST_AUTO_TEST_CASE(scopes_of_other_timers_and_functions_are_only_counted) {
  PerfTimer plain("plain", {.log = [](std::string_view) {}});
  Timer wrapped("wrapped");
  asio::io_context context;
  const auto run = plain.measure();
  asio::post(wrapped.wrap(context), [] {});
  check({});
  BOOST_TEST(plain.snapshot().open == 1u);
  BOOST_TEST(!plain.snapshot().oldest_open);
  const auto started = wrapped.start();
  BOOST_TEST(wrapped.snapshot().open == 2u);
  BOOST_TEST(wrapped.snapshot().waiting == 1u);
  BOOST_TEST(!wrapped.snapshot().oldest_open);  // the function may be older
  context.run();
}

BOOST_AUTO_TEST_CASE(an_interval_has_the_oldest_of_its_end) {
  IntervalReader reader;
  Timer timer("run");
  const auto run = timer.start();
  compute<Clock>(3);
  static_cast<void>(reader.next());
  compute<Clock>(3);
  for (const auto& snapshot : reader.next().timers) {
    BOOST_TEST(snapshot.open == 1u);
    BOOST_TEST((snapshot.oldest_open == ns(6)));
  }
}

BOOST_AUTO_TEST_CASE(of_a_processor_clock) {
  BasicAsioPerfTimer<thread_cpu_clock> timer("burns", {.log = [](std::string_view) {}});
  const auto run = timer.start();
  const auto runs = open_runs();
  BOOST_REQUIRE(runs.size() == 1u);
  BOOST_TEST(!runs[0].busy);
  BOOST_TEST((runs[0].queued == ns(0)));
  BOOST_TEST((runs[0].state == State::unknown));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
