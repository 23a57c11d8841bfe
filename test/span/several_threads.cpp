//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/span/open_run.hpp>
#include <perf_timer/detail/span/started_span.hpp>

#include "driver.hpp"

#include "common/interrupted_clock.hpp"
#include "common/waiting.hpp"

#include <atomic>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

namespace perf_timer::test {
namespace {

/// Runs the function on another thread, and waits for its end.
void on_another_thread(auto action) { std::thread(action).join(); }

BOOST_FIXTURE_TEST_SUITE(several_threads, CleanThread)

BOOST_AUTO_TEST_CASE_TEMPLATE(a_run_that_hops_from_thread_to_thread, Clock, Clocks) {
  SuspendedRun<Clock> run(1);
  for (int i = 0; i < 4; ++i) {
    auto submitted = submit<Clock>(run.here);
    pass(10);
    on_another_thread([&] { start<Clock>(std::move(submitted), [] { compute<Clock>(2); }); });
  }
  RunTimes times;
  on_another_thread([&] { times = run.close(); });
  check_times(times, 9, 40, 49);
}

// A thread is still in the step that suspended a coroutine when another thread resumes it and ends
// the run. The first thread's time is still charged.
BOOST_AUTO_TEST_CASE_TEMPLATE(ended_while_the_suspending_step_unwinds, Clock, Clocks) {
  RunTimes times;
  in_step<Clock>([&] {
    auto run = open_run<Clock>();
    compute<Clock>(2);
    auto submitted = submit<Clock>();
    on_another_thread([&] {
      start<Clock>(std::move(submitted), [&] {
        compute<Clock>(3);
        times = run->close();
        run.reset();
      });
    });
    compute<Clock>(100);
  });
  // By a clock that all threads share, both threads executed for the last 3.
  check_busy(times, std::same_as<Clock, ManualClock> ? 2 + 3 + 3 : 2 + 3);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(the_same_when_an_executor_captured, Clock, Clocks) {
  RunTimes times;
  in_step<Clock>([&] {
    const auto run = open_run<Clock>();
    compute<Clock>(2);
    const auto here = capture_here<Clock>(nullptr);
    on_another_thread([&] { in_step<Clock>(here, [&] { times = run->close(); }); });
  });
  check_busy(times, 2);
}

/// Closes a run. When its end is read, what `happens` does then is told later.
template <class Run>
RunTimes close_while(Run& run, std::function<void()> happens) {
  InterruptedClock::next = std::move(happens);
  return run.close();
}

BOOST_AUTO_TEST_CASE(what_another_thread_begins_after_the_end_is_no_negative_time) {
  using Clock = InterruptedClock;
  detail::StartedSpan<Clock> run(1);
  const Capture carried = run.carried();
  auto before = submit<Clock>(carried);
  pass(10);
  std::optional<decltype(before)> later;
  const RunTimes times = close_while(run, [&] {
    pass(5);
    later.emplace(submit<Clock>(carried));
  });
  check_times(times, 0, 15, 15);
}

BOOST_AUTO_TEST_CASE(nor_is_what_it_executes_part_of_a_scope_that_has_ended) {
  using Clock = InterruptedClock;
  in_step<Clock>([] {
    OpenRun<Clock> run;
    const auto here = capture_here<Clock>(nullptr);
    pass(2);
    const RunTimes times = close_while(
        run, [&] { on_another_thread([&] { in_step<Clock>(here, [] { pass(3); }); }); });
    check_times(times, 2 + 3 + 3, 0, 5);  // so it ends after that
  });
}

BOOST_AUTO_TEST_CASE(parallel_branches_by_a_shared_clock) {
  SuspendedRun<ManualClock> run(0);
  Latch all_in(3), time_passed(1);
  std::vector<std::thread> threads;
  for (int i = 0; i < 2; ++i)
    threads.emplace_back([&] {
      in_step<ManualClock>(run.here, [&] {
        all_in.arrive_and_wait();
        time_passed.wait();
      });
    });
  all_in.arrive_and_wait();
  ManualClock::advance(5);
  time_passed.count_down();
  for (auto& thread : threads) thread.join();
  check_times(run.close(), 10, 0, 5);
}

BOOST_AUTO_TEST_CASE(parallel_branches_by_clocks_of_their_own) {
  using Clock = ThreadManualClock;
  SuspendedRun<Clock> run(0);
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([&] {
      for (int n = 0; n < 1000; ++n) {
        SuspendedRun<Clock> child(3, run.here);
        in_step<Clock>(child.here, [] { Clock::advance(4); });
        const auto times = child.close();
        if (times.lost != LostReason::none || times.busy != 7) std::abort();
      }
    });
  for (auto& thread : threads) thread.join();
  const auto times = run.close();
  check_busy(times, 4 * 1000 * 7);
}

// Two threads pass a run back and forth, and each opens and ends children of it.
BOOST_AUTO_TEST_CASE(to_and_fro) {
  using Clock = ThreadManualClock;
  constexpr int turns = 1000;
  SuspendedRun<Clock> run(0);
  std::atomic<int> turn = 0, wrong = 0;
  const auto play = [&](int mine) {
    for (; mine < turns; mine += 2) {
      while (turn != mine) std::this_thread::yield();
      in_step<Clock>(run.here, [&] {
        OpenRun<Clock> child;
        Clock::advance(2);
        if (child.close().busy != 2) ++wrong;
        run.here = capture_here<Clock>(nullptr);
        turn = mine + 1;  // the other thread continues while this step ends
      });
    }
  };
  std::thread other(play, 1);
  play(0);
  other.join();
  BOOST_TEST(wrong == 0);
  check_busy(run.close(), turns * 2);
}

/// Ends a run while so many threads execute on its behalf, each 5 ticks.
RunTimes end_in_a_crowd(int size) {
  SuspendedRun<ManualClock> run(1);
  Latch all_in(size), leave(1);
  std::vector<std::thread> crowd;
  for (int i = 0; i < size; ++i)
    crowd.emplace_back([&] {
      in_step<ManualClock>(run.here, [&] {
        all_in.count_down();
        leave.wait();
      });
    });
  all_in.wait();
  compute<ManualClock>(5);
  const RunTimes times = run.close();
  leave.count_down();
  for (auto& thread : crowd) thread.join();
  return times;
}

BOOST_AUTO_TEST_CASE(as_many_threads_as_are_counted) { check_busy(end_in_a_crowd(500), 2501); }

/// A process of 32 bits has no room for the stacks of so many threads.
BOOST_AUTO_TEST_CASE(more_threads_than_an_account_counts,
                     *boost::unit_test::enable_if<(sizeof(void*) > 4)>()) {
  for (const Ticks later : {Ticks{0}, Ticks{10'000'000'000'000}}) {
    pass(later);
    check_lost(end_in_a_crowd(600), LostReason::crowded);
    check_lost(end_in_a_crowd(1100), LostReason::crowded);
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace perf_timer::test
