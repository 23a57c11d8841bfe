//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// The n-th allocation of a program fails, for each n until none fails. Nothing crashes or leaks,
// every run is counted, and what was recorded is exact.
//
// Allocations fail only where Asio itself survives it. `make_strand` of Asio 1.26 doesn't: it
// destroys an incomplete strand.
#include "faults/no_memory.hpp"

#include <boost/asio/dispatch.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/strand.hpp>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

namespace perf_timer::test {
namespace {

BOOST_AUTO_TEST_SUITE(no_memory)

BOOST_AUTO_TEST_CASE(to_make_a_timer) {
  fail_each_allocation([](NoMemory& heap) {
    heap.fails([] {
      Timer timer("a name that is too long for a small string to hold it");
      timer.observe(std::chrono::nanoseconds(5));
    });
  });
}

BOOST_AUTO_TEST_CASE(to_measure_scopes) {
  fail_each_allocation([](NoMemory& heap) {
    Timer outer("outer"), inner("inner");
    constexpr int runs = 200;  // more than fit in a queue
    heap.fails([&] {
      const auto run = outer.measure();
      for (int i = 0; i < runs; ++i) {
        const auto nested = inner.measure();
        Clock::advance(2);
      }
    });
    check_account(inner, runs, 2);
    check_account(outer, 1, 2 * runs);
  });
}

BOOST_AUTO_TEST_CASE(on_a_thread_that_is_new_to_the_timer) {
  fail_each_allocation([](NoMemory& heap) {
    Timer timer;
    heap.on_another_thread([&] {
      for (int i = 0; i < 200; ++i) timer.observe(std::chrono::nanoseconds(3));
    });
    check_account(timer, 200, 3);
  });
}

// A thread that couldn't say when it ends isn't watched, so it isn't looked at when it has gone.
BOOST_AUTO_TEST_CASE(in_the_first_step_of_a_thread) {
  fail_each_allocation([](NoMemory& heap) {
    Timer timer;
    asio::io_context context;
    asio::post(timer.wrap(context), [] { Clock::advance(2); });
    const auto threads = thread_snapshots().size();
    heap.on_another_thread([&] { context.run(); });
    BOOST_TEST(thread_snapshots().size() == threads);
    context.restart();
    context.run();  // where there was no memory to run it
    check_ended(timer, 1, 2);
  });
}

BOOST_AUTO_TEST_CASE(for_a_snapshot_a_reset_and_a_report) {
  fail_each_allocation([](NoMemory& heap) {
    Timer timer;
    const auto record = [&] {
      for (int i = 0; i < 10; ++i) timer.observe(std::chrono::nanoseconds(3));
    };
    record();
    std::thread(record).join();
    heap.fails([&] { static_cast<void>(timer.snapshot()); });
    heap.fails([&] { static_cast<void>(snapshot_all()); });
    std::ostringstream table;
    heap.fails([&] { write_report(table); });
    check_busy(timer, 60, 20);
    bool reset = false;
    heap.fails([&] {
      timer.reset();
      reset = true;
    });
    check_busy(timer, reset ? 0 : 60, reset ? 0 : 20);
  });
}

BOOST_AUTO_TEST_CASE(for_the_line_at_the_end) {
  fail_each_allocation([](NoMemory& heap) {
    std::vector<std::string> lines;
    lines.reserve(1);
    auto timer = std::make_unique<BasicAsioPerfTimer<Clock>>(
        "timer", TimerOptions{.log = [&](std::string_view line) { lines.emplace_back(line); }});
    timer->observe(std::chrono::nanoseconds(5));
    heap.fails([&] { timer.reset(); });
    BOOST_TEST(lines.size() == (heap.failed() ? 0u : 1u));
  });
}

BOOST_AUTO_TEST_CASE(to_wrap_and_to_post) {
  for (const Erased erased : {Erased::no, Erased::yes}) {
    for (const bool strand : {false, true}) {
      BOOST_TEST_CONTEXT((strand ? "strand" : "context")
                         << (erased == Erased::yes ? ", erased" : "")) {
        fail_each_allocation([&](NoMemory& heap) {
          Timer timer;
          asio::io_context context;
          const auto a_strand = asio::make_strand(context);  // Asio's strand allocates here
          const auto on = [&](auto executor) {
            for (int i = 0; i < 3; ++i) {
              heap.survives([&] { asio::post(executor, [] { Clock::advance(2); }); });
              heap.survives([&] { asio::dispatch(executor, [] { Clock::advance(2); }); });
            }
          };
          heap.fails([&] {
            if (strand && erased == Erased::yes)
              on(asio::any_io_executor(timer.wrap(asio::any_io_executor(a_strand))));
            else if (strand)
              on(timer.wrap(a_strand));
            else if (erased == Erased::yes)
              on(asio::any_io_executor(timer.wrap(context)));
            else
              on(timer.wrap(context));
          });
          heap.fails([&] { context.run(); });
          context.run();
          check_ended(timer, 6, 2);
        });
      }
    }
  }
}

// A function of which nobody could note since when it waits makes the oldest unknown, and its end
// makes it known again.
BOOST_AUTO_TEST_CASE(to_note_since_when_functions_wait) {
  using Age = std::optional<std::chrono::nanoseconds>;
  int unknown = 0;
  fail_each_allocation([&](NoMemory& heap) {
    Timer timer, also;
    asio::io_context context;
    const auto executor = timer.wrap(context);
    const auto both = also.wrap(executor);
    std::uint64_t submitted = 0;
    Age oldest;
    const auto post = [&](const auto& to) {
      heap.fails([&] {
        asio::post(to, [] {});
        ++submitted;
        if (!oldest) oldest = std::chrono::nanoseconds(0);
      });
    };
    // More than one ring has slots for.
    for (int i = 0; i < 40; ++i) {
      Clock::advance(1);
      if (oldest) ++*oldest;
      post(executor);
    }
    post(both);
    const auto before = timer.snapshot();
    BOOST_TEST(before.waiting + before.lost == submitted);
    if (!heap.failed()) BOOST_TEST((before.oldest_waiting == Age(39)));
    if (before.oldest_waiting)
      BOOST_TEST((before.oldest_waiting == oldest));
    else
      ++unknown;
    context.run();
    asio::post(executor, [] {});
    Clock::advance(3);
    BOOST_TEST((timer.snapshot().oldest_waiting == Age(3)));
    context.restart();
    context.run();
  });
  BOOST_TEST(unknown != 0);
}

BOOST_AUTO_TEST_CASE(in_functions_that_dispatch_inside_a_run) {
  fail_each_allocation([](NoMemory& heap) {
    Timer wrapped("wrapped"), measured("measured");
    asio::io_context context;
    const auto executor = wrapped.wrap(context);
    bool all = false;
    asio::post(executor, [&] {
      heap.fails([&] {
        const auto run = measured.measure();
        asio::dispatch(executor, [] { Clock::advance(3); });
        const auto tracked = asio::prefer(executor, asio::execution::outstanding_work.tracked);
        asio::dispatch(tracked, [] { Clock::advance(3); });
        all = true;
      });
    });
    context.run();
    const auto inside = measured.snapshot();
    BOOST_TEST(inside.runs + inside.failed + inside.lost == 1u);
    if (inside.runs == 1) BOOST_TEST(inside.busy.total.count() == 6);
    if (all) BOOST_TEST(inside.failed == 0u);
    const auto steps = wrapped.snapshot();
    BOOST_TEST(steps.lost == 0u);
    BOOST_TEST(steps.failed == 0u);
    if (all) BOOST_TEST(steps.busy.total.count() == 6);
  });
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
