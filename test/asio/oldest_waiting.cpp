//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/timer_snapshot.hpp>

#include "common/hangs_after.hpp"
#include "common/quiet_timer.hpp"
#include "common/world.hpp"

#include <boost/asio/bind_executor.hpp>
#include <boost/asio/dispatch.hpp>

#include <atomic>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace perf_timer::test {
namespace {

using Clock = ManualClock;
using Timer = QuietTimer<Clock>;
using ns = std::chrono::nanoseconds;
using Age = std::optional<ns>;
constexpr auto none = std::nullopt;

Age oldest(const TimerBase& timer) { return timer.snapshot().oldest_waiting; }

/// A clock of which each thread has its own.
struct ClockOfThread : ManualClock {
  static constexpr bool is_shared = false;
};

BOOST_AUTO_TEST_SUITE(oldest_waiting, *hangs_after(60))

BOOST_AUTO_TEST_CASE(the_oldest_starts_and_then_it_is_the_next) {
  Timer timer("handler");
  asio::io_context context;
  const auto executor = timer.wrap(context);
  BOOST_TEST((oldest(timer) == none));
  for (int i = 0; i < 3; ++i) {
    asio::post(executor, [&] { BOOST_TEST(!timer.snapshot().oldest_open); });
    compute<Clock>(10);
  }
  for (const Age age : {Age(30), Age(20), Age(10)}) {
    BOOST_TEST((oldest(timer) == age));
    context.run_one();
  }
  BOOST_TEST((oldest(timer) == none));
}

BOOST_AUTO_TEST_CASE(what_executes_does_not_wait) {
  Timer timer("handler");
  asio::io_context context;
  const auto executor = timer.wrap(context);
  asio::post(executor, [&] {
    compute<Clock>(5);
    BOOST_TEST((oldest(timer) == none));
    asio::dispatch(executor, [&] { BOOST_TEST((oldest(timer) == none)); });  // inline
    asio::post(executor, [&] { BOOST_TEST((oldest(timer) == none)); });
    compute<Clock>(3);
    BOOST_TEST((oldest(timer) == Age(3)));
  });
  compute<Clock>(2);
  BOOST_TEST((oldest(timer) == Age(2)));
  context.run();
}

BOOST_AUTO_TEST_CASE(what_is_dropped_waits_no_more) {
  Timer timer("handler");
  for (const bool on : {true, false}) {
    {
      asio::io_context context;
      asio::post(timer.wrap(context), [] {});
      compute<Clock>(4);
      BOOST_TEST((oldest(timer) == Age(4)));
      timer.enabled(on);
    }
    BOOST_TEST((oldest(timer) == none));
    BOOST_TEST(timer.snapshot().waiting == 0u);
  }
  BOOST_TEST(timer.snapshot().dropped == 1u);
}

BOOST_AUTO_TEST_CASE(neither_a_reset_nor_a_switch_changes_it) {
  Timer timer("handler");
  asio::io_context context;
  asio::post(timer.wrap(context), [] {});
  compute<Clock>(4);
  timer.reset();
  timer.enabled(false);
  asio::post(timer.wrap(context), [] {});  // isn't measured
  BOOST_TEST((oldest(timer) == Age(4)));
  context.run_one();
  BOOST_TEST((oldest(timer) == none));
}

// A function of each timer waits, and each is told of its own.
BOOST_AUTO_TEST_CASE(of_several_timers) {
  Timer all("all"), some("some"), off("off");
  asio::io_context context;
  off.enabled(false);
  const auto one = all.wrap(context);
  const auto both = off.wrap(some.wrap(one));
  asio::post(one, [] {});
  compute<Clock>(1);
  asio::post(both, [] {});
  compute<Clock>(1);
  asio::post(both, [] {});
  compute<Clock>(1);
  const auto check = [&](Age of_all, Age of_some) {
    BOOST_TEST((oldest(all) == of_all));
    BOOST_TEST((oldest(some) == of_some));
    BOOST_TEST((oldest(off) == none));
  };
  check(Age(3), Age(2));
  context.run_one();
  check(Age(2), Age(2));
  some.enabled(false);
  context.run_one();
  check(Age(1), Age(1));
  some.enabled(true);
  context.run_one();
  check(none, none);
  check_outcomes(all, 3, 0, 0);
  check_outcomes(some, 1, 0, 0);
  {
    asio::io_context dropped;
    asio::post(some.wrap(all.wrap(dropped)), [] {});
    check(Age(0), Age(0));
  }
  check(none, none);
  check_outcomes(some, 1, 0, 0, 1);
}

BOOST_AUTO_TEST_CASE(more_timers_than_fit_into_a_word) {
  constexpr int many = 100;
  std::vector<std::unique_ptr<Timer>> timers;
  asio::io_context context;
  auto executor = timers.emplace_back(std::make_unique<Timer>())->wrap(context);
  for (int i = 1; i < many; ++i)
    executor = timers.emplace_back(std::make_unique<Timer>())->wrap(executor);
  for (int i = 0; i < 2; ++i) asio::post(executor, [] {});
  compute<Clock>(1);
  for (const auto& timer : timers) BOOST_TEST((oldest(*timer) == Age(1)));
  context.run();
  for (const auto& timer : timers) {
    BOOST_TEST((oldest(*timer) == none));
    check_outcomes(*timer, 2, 0, 0);
  }
}

BOOST_AUTO_TEST_CASE(in_a_task_and_beside_open_runs) {
  Timer timer("handler");
  asio::io_context context;
  const auto run = timer.start();
  asio::post(timer.wrap(task<Clock>(context)), [] {});
  asio::post(task<Clock>(timer.wrap(context)), [] {});
  compute<Clock>(2);
  BOOST_TEST((oldest(timer) == Age(2)));
  BOOST_TEST(timer.snapshot().waiting == 2u);
  BOOST_TEST(timer.snapshot().open == 3u);
  context.run();
  BOOST_TEST((oldest(timer) == none));
}

// The function waits for the strand, and then as a part of the strand's for the context.
BOOST_AUTO_TEST_CASE(each_of_two_layers_has_its_own) {
  Timer of_strand("strand"), of_context("context");
  asio::io_context context;
  const auto strand = of_strand.wrap(asio::make_strand(of_context.wrap(context)));
  for (int i = 0; i < 2; ++i) {
    asio::post(strand, [] {});
    compute<Clock>(5);
  }
  BOOST_TEST((oldest(of_strand) == Age(10)));
  BOOST_TEST((oldest(of_context) == Age(10)));
  context.run();
  BOOST_TEST((oldest(of_strand) == none));
  BOOST_TEST((oldest(of_context) == none));
}

BOOST_AUTO_TEST_CASE(an_interval_has_the_oldest_of_its_end) {
  IntervalReader reader;
  Timer timer("handler");
  asio::io_context context;
  asio::post(timer.wrap(context), [] {});
  for (const Age age : {Age(3), Age(6)}) {
    compute<Clock>(3);
    for (const auto& snapshot : reader.next().timers) BOOST_TEST((snapshot.oldest_waiting == age));
    for (const auto& snapshot : snapshot_all()) BOOST_TEST((snapshot.oldest_waiting == age));
  }
  context.run();
  for (const auto& snapshot : reader.next().timers) BOOST_TEST(!snapshot.oldest_waiting);
}

BOOST_AUTO_TEST_CASE(the_line_at_the_end_of_a_timer_has_it) {
  std::string line;
  asio::io_context context;
  {
    std::optional<BasicAsioPerfTimer<Clock>> timer(
        std::in_place, "handler", TimerOptions{.log = [&](std::string_view l) { line = l; }});
    asio::post(timer->wrap(context), [] {});
    compute<Clock>(4000);
    timer.reset();
    BOOST_TEST(line == "timer \"handler\": no samples, 1 open (waiting for 4.00 usec)");
  }
  context.run();
}

BOOST_AUTO_TEST_CASE(of_clocks) {
  asio::io_context context;
  AsioPerfTimer usual("usual", {.log = silent});
  BasicAsioPerfTimer<thread_cpu_clock> processor("processor", {.log = silent});
  QuietTimer<ClockOfThread> by_thread("by thread");
  asio::post(usual.wrap(context), [] {});
  asio::post(processor.wrap(context), [] {});
  asio::post(by_thread.wrap(context), [] {});
  const auto begin = std::chrono::steady_clock::now();
  for (const TimerBase* timer :
       {static_cast<TimerBase*>(&usual), static_cast<TimerBase*>(&processor)}) {
    const Age first = oldest(*timer), second = oldest(*timer);
    BOOST_TEST_REQUIRE(first.has_value());
    BOOST_TEST((*first >= ns(0) && *second >= *first));
  }
  while (std::chrono::steady_clock::now() < begin + std::chrono::milliseconds(1)) {
  }
  BOOST_TEST((*oldest(usual) >= std::chrono::milliseconds(1)));
  BOOST_TEST((*oldest(processor) >= std::chrono::milliseconds(1)));  // on the wall clock
  BOOST_TEST((oldest(by_thread) == none));
  BOOST_TEST(by_thread.snapshot().waiting == 1u);
  context.run();
}

// One waits all the time. Whoever looks sees that one, whatever others do.
BOOST_AUTO_TEST_CASE(many_threads) {
  Timer timer("handler");
  asio::io_context stuck;
  asio::post(timer.wrap(stuck), [] {});
  compute<Clock>(7);
  std::atomic<bool> over{false};
  int wrong = 0;
  std::thread looks([&] {
    while (!over)
      if (oldest(timer) != Age(7)) ++wrong;
  });
  {
    asio::thread_pool pool(3);
    const auto executor = timer.wrap(pool);
    std::atomic<int> left{20'000};
    struct Relay {
      const decltype(executor)& to;
      std::atomic<int>& left;
      void operator()() const {
        if (left-- > 0) asio::post(to, *this);
      }
    };
    for (int i = 0; i < 100; ++i) asio::post(executor, Relay{executor, left});
    pool.join();
  }
  over = true;
  looks.join();
  BOOST_TEST(wrong == 0);
  stuck.run();
  BOOST_TEST((oldest(timer) == none));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
