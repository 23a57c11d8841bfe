//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/asio/binding.hpp>
#include <perf_timer/detail/span/open_run.hpp>
#include <perf_timer/detail/span/step.hpp>
#include <perf_timer/detail/span/strand_questions.hpp>
#include <perf_timer/detail/span/submission.hpp>
#include <perf_timer/detail/span/task.hpp>

#include "common/manual_clock.hpp"

#include <boost/test/unit_test.hpp>

#include <concepts>
#include <memory>
#include <thread>
#include <tuple>
#include <utility>

namespace perf_timer::test {

using detail::Capture;
using detail::capture_here;
using detail::captured_before;
using detail::LostReason;
using detail::may_be_queued;
using detail::may_execute_inline;
using detail::OpenRun;
using detail::RunTimes;
using detail::Span;
using detail::Step;
using detail::Submission;
using detail::Task;
using detail::thread_state;
using detail::Ticks;

/// A clock that all threads share, and one that each thread has its own instance of. Time is
/// charged differently for each.
using Clocks = std::tuple<ManualClock, ThreadManualClock>;

/// This thread executes for that long.
template <class Clock>
void compute(Ticks ticks) {
  Clock::advance(ticks);
  if constexpr (!std::same_as<Clock, ManualClock>) ManualClock::advance(ticks);
}

/// Time passes while nothing executes.
inline void pass(Ticks ticks) { ManualClock::advance(ticks); }

/// Submits a function now, on this thread, through an executor with this capture and task.
template <class Clock>
[[nodiscard]] Submission<Clock> submit(const Capture& capture = {}, Task* task = nullptr,
                                       bool timed = false) {
  return {capture, task, timed};
}

/// What a step has that is a run of its own.
[[nodiscard]] inline const detail::Binding* timers() {
  static const detail::Binding of_none;
  return &of_none;
}

/// Executes the function now, on this thread.
template <class Clock>
auto start(Submission<Clock> submission, auto function) {
  const Step<Clock> step(submission, nullptr);
  return function();
}

/// The same for a function of a wrapped executor, which is a run of its own.
template <class Clock>
[[nodiscard]] RunTimes start_timed(Submission<Clock> submission, auto function) {
  Step<Clock> step(submission, timers());
  function();
  return step.end();
}

/// Submits and executes a function.
template <class Clock>
auto in_step(const Capture& capture, auto function) {
  return start<Clock>(submit<Clock>(capture), std::move(function));
}
template <class Clock>
auto in_step(auto function) {
  return in_step<Clock>(Capture(), std::move(function));
}

/// The same through the executor of a task.
template <class Clock>
auto in_step_of(Task& task, auto function) {
  return start<Clock>(submit<Clock>({}, &task), std::move(function));
}

/// A run that is suspended and resumed. Like one in a coroutine's frame, it isn't on the stack.
template <class Clock>
using SuspendableRun = std::unique_ptr<OpenRun<Clock>>;

template <class Clock>
[[nodiscard]] SuspendableRun<Clock> open_run() {
  return std::make_unique<OpenRun<Clock>>();
}

/// A suspended run. It was opened in its own step, in which it computed and captured.
template <class Clock>
struct SuspendedRun {
  explicit SuspendedRun(Ticks ticks, const Capture& capture = {}) {
    in_step<Clock>(capture, [&] {
      run = open_run<Clock>();
      compute<Clock>(ticks);
      here = capture_here<Clock>(nullptr);
    });
  }

  /// Ends the run in a step on its own behalf.
  [[nodiscard]] RunTimes close() {
    return in_step<Clock>(here, [&] { return run->close(); });
  }

  SuspendableRun<Clock> run;
  Capture here;  // what the executors of its operations carry
};

inline void check_busy(const RunTimes& times, Ticks busy) {
  BOOST_TEST(to_string(times.lost) == to_string(LostReason::none));
  BOOST_TEST(times.busy == busy);
}

inline void check_times(const RunTimes& times, Ticks busy, Ticks queued, Ticks elapsed) {
  check_busy(times, busy);
  BOOST_TEST(times.queued == queued);
  BOOST_TEST(times.elapsed == elapsed);
}

inline void check_lost(const RunTimes& times, LostReason reason) {
  BOOST_TEST(to_string(times.lost) == to_string(reason));
}

/// A fixture for suites. It checks that each case leaves nothing current on the thread.
class CleanThread {
 public:
  void teardown() {
    check<ManualClock>();
    check<ThreadManualClock>();
  }

 private:
  template <class Clock>
  void check() {
    auto& state = thread_state<Clock>();
    BOOST_TEST(state.step == nullptr);
    BOOST_TEST(state.current == nullptr);
    release(std::exchange(state.current, nullptr));  // the next case starts clean
  }
};

}  // namespace perf_timer::test
