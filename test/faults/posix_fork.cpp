//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
// A process forks while its threads use timers. The child has only the forking thread, and a copy
// of everything that was recorded.
#include <perf_timer/detail/platform/sanitizers.hpp>
#include <perf_timer/detail/report/registry.hpp>

#include "common/child_process.hpp"
#include "common/fork_safety.hpp"
#include "common/hangs_after.hpp"
#include "common/long_mode.hpp"
#include "common/optional_run.hpp"
#include "faults/inline_world.hpp"

#include <boost/asio/thread_pool.hpp>

#include <atomic>
#include <csignal>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <latch>
#include <memory>
#include <optional>
#include <sstream>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <link.h>

namespace perf_timer::test {
namespace {

/// Forks a child that runs `program` and exits silently. `program` returns whether all is well. A
/// child that hangs is killed.
void in_a_child(const std::function<bool()>& program) {
  const pid_t child = ::fork();
  BOOST_REQUIRE(child >= 0);
  if (child == 0) {
    for (const int signal : {SIGALRM, SIGSEGV, SIGABRT}) std::signal(signal, SIG_DFL);
    ::alarm(120);
    ::_exit(program() ? 0 : 1);
  }
  int status = 0;
  BOOST_TEST(::waitpid(child, &status, 0) == child);
  BOOST_TEST(status == 0);
}

bool is(const TimerBase& timer, std::uint64_t runs, std::int64_t busy, std::uint64_t lost = 0) {
  const auto snapshot = timer.snapshot();
  const bool right = snapshot.runs == runs && snapshot.busy.total.count() == busy &&
                     snapshot.lost == lost && snapshot.failed == 0 && snapshot.dropped == 0;
  if (!right)
    std::cerr << timer.name() << ": " << snapshot.runs << " runs, busy "
              << snapshot.busy.total.count() << ", lost " << snapshot.lost << '\n';
  return right;
}

/// Uses timers in every way, and returns whether the results are exact.
bool everything_works() {
  Timer wrapped("wrapped"), measured("measured"), observed("observed");
  {
    asio::io_context context;
    const auto executor = wrapped.wrap(asio::make_strand(context));
    for (int i = 0; i < 100; ++i) {
      asio::post(executor, [&] {
        const auto run = measured.measure();
        Clock::advance(2);
      });
    }
    context.run();
  }
  std::thread([&] {
    for (int i = 0; i < 100; ++i) observed.observe(std::chrono::nanoseconds(3));
  }).join();
  std::ostringstream report;
  write_report(report);
  return is(wrapped, 100, 200) && is(measured, 100, 200) && is(observed, 100, 300) &&
         report.str().find("wrapped") != std::string::npos;
}

// TSan doesn't support threads in a forked child.
BOOST_AUTO_TEST_SUITE(fork_of_the_process,
                      *hangs_after(240) *
                          boost::unit_test::enable_if<!detail::has_thread_sanitizer>())

BOOST_AUTO_TEST_CASE(both_go_on_from_where_they_were) {
  Timer recorded("recorded"), around("around"), pending("pending");
  asio::io_context context;
  asio::post(pending.wrap(context), [] { Clock::advance(7); });
  for (int i = 0; i < 70; ++i) recorded.observe(std::chrono::nanoseconds(5));
  std::thread([&] { recorded.observe(std::chrono::nanoseconds(5)); }).join();
  OptionalRun<Timer> run(around);
  Clock::advance(2);

  context.notify_fork(asio::execution_context::fork_prepare);
  in_a_child([&] {
    context.notify_fork(asio::execution_context::fork_child);
    Clock::advance(3);
    const auto waited = pending.snapshot().oldest_waiting;
    run.reset();
    recorded.observe(std::chrono::nanoseconds(100));
    std::thread([&] { recorded.observe(std::chrono::nanoseconds(1000)); }).join();
    context.run();
    const bool as_it_was = is(recorded, 73, 71 * 5 + 1100) &&
                           waited == std::chrono::nanoseconds(5) &&
                           !pending.snapshot().oldest_waiting;
    recorded.reset();
    recorded.observe(std::chrono::nanoseconds(4));
    return as_it_was && is(recorded, 1, 4) && is(around, 1, 5) && is(pending, 1, 7) &&
           everything_works();
  });
  context.notify_fork(asio::execution_context::fork_parent);
  Clock::advance(4);
  BOOST_TEST((pending.snapshot().oldest_waiting == std::chrono::nanoseconds(6)));
  run.reset();
  context.run();
  check_busy(recorded, 71 * 5, 71);
  check_busy(around, 6);
  check_busy(pending, 7);
}

BOOST_AUTO_TEST_CASE(whatever_other_threads_are_doing,
                     *boost::unit_test::precondition(forks_safely) *
                         boost::unit_test::precondition(forks_beside_threads)) {
  BOOST_TEST(everything_works());

  std::atomic<bool> stop = false;
  Timer shared("shared");
  detail::Task task;
  std::vector<std::thread> threads;
  const auto again_and_again = [&](auto action) {
    threads.emplace_back([&stop, action] {
      while (!stop) action();
    });
  };
  std::atomic<std::uint64_t> begun = 0;
  Timer labelled("labelled");
  const auto record = [&] {
    for (int i = 0; i < 100; ++i) {
      shared.observe(std::chrono::nanoseconds(3));
      auto run = labelled.measure();
      run.label("id", "7");
    }
    begun += 100;
  };
  again_and_again(record);
  again_and_again([&] { std::thread(record).join(); });
  again_and_again([] { static_cast<void>(snapshot_all()); });
  again_and_again([] {
    Timer timer;
    asio::io_context own;
    asio::post(timer.wrap(own), [] {});
    own.run();
  });
  again_and_again([&] { detail::release(task.innermost()); });

  const auto forks = 30 * long_mode();
  for (std::uint64_t i = 0; i < forks; ++i) {
    in_a_child([&] {
      const auto before = shared.snapshot();
      for (int n = 0; n < 200; ++n) shared.observe(std::chrono::nanoseconds(3));
      std::thread([&] { shared.observe(std::chrono::nanoseconds(3)); }).join();
      asio::io_context mine;
      asio::post(shared.wrap(mine), [] {});
      detail::release(task.innermost());
      mine.run();
      const auto after = shared.snapshot();
      return before.busy.count == before.runs && before.lost == 0 && after.lost == 0 &&
             after.runs == before.runs + 202 &&
             (after.busy.total - before.busy.total).count() == 603 && everything_works();
    });
  }
  stop = true;
  for (auto& thread : threads) thread.join();
  BOOST_TEST(shared.snapshot().runs == begun);
  BOOST_TEST(everything_works());
}

// Another thread holds the loader's lock at the fork, as one does that loads a library.
BOOST_AUTO_TEST_CASE(while_another_thread_loads_a_library) {
  std::latch holding(1), forked(1);
  std::pair latches{&holding, &forked};
  std::thread loader([&] {
    ::dl_iterate_phdr(
        [](dl_phdr_info*, std::size_t, void* data) {
          const auto [is_holding, has_forked] = *static_cast<decltype(latches)*>(data);
          is_holding->count_down();
          has_forked->wait();
          return 1;
        },
        &latches);
  });
  holding.wait();
  in_a_child([] {
    Timer timer;
    timer.observe(std::chrono::nanoseconds(5));
    return is(timer, 1, 5);
  });
  forked.count_down();
  loader.join();
}

// Another thread reports all timers, and is inside this timer's log function at the fork. The child
// doesn't have that thread.
BOOST_AUTO_TEST_CASE(while_another_thread_lets_all_timers_report,
                     *boost::unit_test::precondition(forks_beside_threads)) {
  std::latch reporting(1), forked(1);
  std::optional<BasicAsioPerfTimer<Clock>> timer(std::in_place, "reports",
                                                 TimerOptions{.log = [&](std::string_view) {
                                                   reporting.count_down();
                                                   forked.wait();
                                                 }});
  timer->observe(std::chrono::nanoseconds(5));
  std::thread reporter([] { detail::Registry::instance().report_all(); });
  reporting.wait();
  in_a_child([&] {
    timer.reset();
    return snapshot_all().empty() && everything_works();
  });
  forked.count_down();
  reporter.join();
  BOOST_TEST(snapshot_all().size() == 1u);
}

/// Forks inside a run. On its behalf, a function executes or waits on another thread.
void fork_in_a_run(bool it_executes) {
  asio::io_context context;
  asio::thread_pool pool(1);
  Timer timer("timer"), alone("alone");
  std::latch busy(1), forked(1), done(1);
  if (!it_executes) {
    asio::post(pool, [&] {
      busy.count_down();  // the thread is started and won't allocate before the fork
      forked.wait();
    });
  }
  const auto works_for_the_run = [&] {
    busy.count_down();
    forked.wait();
    Clock::advance(7);
    done.count_down();
  };
  asio::post(instrument<Clock>(context), [&] {
    OptionalRun<Timer> run(timer);
    Clock::advance(2);
    if (it_executes)
      asio::post(instrument<Clock>(pool), works_for_the_run);
    else
      asio::post(instrument<Clock>(pool), [&] { done.count_down(); });
    busy.wait();
    OptionalRun<Timer> inner(alone);
    in_a_child([&] {
      Clock::advance(3);
      inner.reset();
      run.reset();
      const auto reasons = timer.snapshot().lost_reasons;
      return is(alone, 1, 3) && is(timer, 0, 0, 1) &&
             reasons.at(0).reason.starts_with("the process forked") && everything_works();
    });
    inner.reset();
    forked.count_down();
    done.wait();
    run.reset();
  });
  context.run();
  pool.join();
  check_busy(alone, 0);
  check_outcomes(timer, 1, 0, 0);
}

BOOST_AUTO_TEST_CASE(a_run_that_others_executed_for_is_lost_in_the_child,
                     *boost::unit_test::precondition(forks_beside_threads)) {
  fork_in_a_run(true);
}
BOOST_AUTO_TEST_CASE(a_run_that_others_waited_for_is_lost_in_the_child,
                     *boost::unit_test::precondition(forks_beside_threads)) {
  fork_in_a_run(false);
}

/// The parent has two runs. The child inherits the first one, and adds two of its own.
void report_of_both(void (*end_child)(int)) {
  static BasicPerfTimer<Clock> timer("forked", {.observer = AverageObserver{}});
  timer.observe(std::chrono::nanoseconds(10));
  const pid_t child = ::fork();
  if (child == 0) {
    timer.observe(std::chrono::nanoseconds(20));
    timer.observe(std::chrono::nanoseconds(30));
    end_child(0);
  }
  ::waitpid(child, nullptr, 0);
  timer.observe(std::chrono::nanoseconds(40));
}

BOOST_AUTO_TEST_CASE(a_child_that_ends_by_underscore_exit_reports_nothing) {
  BOOST_TEST(output_of_child([] { report_of_both(&::_exit); }) ==
             "timer \"forked\": average 25.0 nsec, max 40.00 nsec in 2 runs\n");
}

BOOST_AUTO_TEST_CASE(a_child_that_exits_reports_what_it_has) {
  BOOST_TEST(output_of_child([] { report_of_both(&std::exit); }) ==
             "timer \"forked\": average 20.0 nsec, max 30.00 nsec in 3 runs\n"
             "timer \"forked\": average 25.0 nsec, max 40.00 nsec in 2 runs\n");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
