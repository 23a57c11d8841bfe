//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/asio_perf_counter.hpp>

#include "common/quiet_timer.hpp"
#include "common/waiting.hpp"
#include "common/world.hpp"

#include <chrono>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace perf_timer::test {
namespace {

BOOST_AUTO_TEST_SUITE(asio_perf_counter)

BOOST_AUTO_TEST_CASE(counts_execution_and_not_sleep) {
  in_every_place([]<class Clock>(World<Clock>& world) {
    // Two coroutines may run on two threads at once, so the results are checked afterwards.
    using Seen = std::vector<std::chrono::nanoseconds::rep>;
    const auto program = [](Seen& seen) -> asio::awaitable<void> {
      const auto start = perf_timer::asio_perf_counter<Clock>();
      const auto look = [&] {
        seen.push_back((perf_timer::asio_perf_counter<Clock>() - start).count());
      };
      compute<Clock>(2);
      look();
      co_await nap(2);
      compute<Clock>(3);
      look();
      co_await asio::post(asio::use_awaitable);
      look();
    };
    Seen one, other;
    world.spawn(noise<Clock>());
    world.spawn(program(one));
    world.run(program(other));
    BOOST_TEST(one == (Seen{2, 5, 5}), boost::test_tools::per_element());
    BOOST_TEST(other == (Seen{2, 5, 5}), boost::test_tools::per_element());
  });
}

BOOST_AUTO_TEST_CASE(goes_on_over_the_ends_of_runs) {
  in_every_place([]<class Clock>(World<Clock>& world) {
    QuietTimer<Clock> timer;
    const auto program = [&]() -> asio::awaitable<void> {
      std::chrono::nanoseconds start{};
      {
        const auto run = timer.measure();
        compute<Clock>(1);
        start = perf_timer::asio_perf_counter<Clock>();
        compute<Clock>(2);
        co_await nap();
      }
      compute<Clock>(4);
      co_await nap();
      {
        const auto run = timer.measure();
        compute<Clock>(8);
        co_await nap();
      }
      BOOST_TEST((perf_timer::asio_perf_counter<Clock>() - start).count() == 2 + 4 + 8);
    };
    world.spawn(noise<Clock>());
    world.run(program());
    check_busy(timer, 3 + 8, 2);
  });
}

BOOST_AUTO_TEST_CASE(goes_on_where_another_branch_ends_the_run_before_or_after_it_begins) {
  using Counted = std::chrono::nanoseconds::rep;
  const auto counted = [] { return perf_timer::asio_perf_counter<ManualClock>().count(); };
  for (const bool before_the_end : {true, false}) {
    asio::io_context context;
    QuietTimer<ManualClock> timer;
    const auto executor = perf_timer::task<ManualClock>(context);
    Latch other_executes(1), run_has_ended(1);
    Counted start = 0, executed = 0;
    asio::post(executor, [&] {
      {
        const auto run = timer.measure();
        asio::post(executor, [&] {
          ManualClock::advance(5);
          if (before_the_end) start = counted();
          other_executes.count_down();
          run_has_ended.wait();
          if (!before_the_end) start = counted();
        });
        other_executes.wait();
      }
      run_has_ended.count_down();
    });
    std::thread other([&] { context.run(); });
    context.run();
    other.join();
    context.restart();
    asio::post(executor, [&] {  // from outside of the task
      ManualClock::advance(3);
      executed = counted() - start;
    });
    context.run();
    BOOST_TEST(executed == 3);
    check_busy(timer, 2 * 5);
  }
}

BOOST_AUTO_TEST_CASE(outside_of_a_task_it_says_what_would_do) {
  try {
    static_cast<void>(perf_timer::asio_perf_counter());
    BOOST_ERROR("no exception");
  } catch (const std::logic_error& error) {
    BOOST_TEST(std::string(error.what()).find("instrument()") != std::string::npos);
  }
  asio::io_context context;
  asio::post(context, [] {
    BOOST_CHECK_THROW(static_cast<void>(perf_timer::asio_perf_counter<ManualClock>()),
                      std::logic_error);
  });
  // Instrumented with another clock.
  asio::post(instrument(context), [] {
    BOOST_CHECK_THROW(static_cast<void>(perf_timer::asio_perf_counter<ManualClock>()),
                      std::logic_error);
  });
  context.run();
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
