//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/beacon/watched_thread.hpp>
#include <perf_timer/detail/clock/steady_now.hpp>
#include <perf_timer/detail/live/step_explained.hpp>
#include <perf_timer/detail/platform/thread_question.hpp>
#include <perf_timer/running_steps.hpp>

#include <algorithm>
#include <iterator>
#include <stdexcept>
#include <utility>

namespace perf_timer::inline v0_1 {
namespace {

struct Found {
  detail::SeenStep step;
  RunningStep shown;
};

/// Returns the step of each thread that executes one: if it does by several clocks, the oldest.
std::vector<Found> look() {
  std::vector<Found> found;
  detail::WatchedThreads threads;
  const detail::Ticks now = detail::steady_now();
  threads.look(now, [&](const detail::WatchedThread& thread, const detail::Beacon& beacon,
                        const detail::Sighting& seen) {
    if (!detail::Beacon::in_step(seen.sight)) return;
    Found one{{thread.number, &beacon, seen.sight}, {}};
    one.shown.thread = thread.handle.id();
    one.shown.thread_name = thread.handle.name().data();
    one.shown.age = std::chrono::nanoseconds(now - seen.since);
    if (seen.not_before != detail::Sighting::unknown)
      one.shown.age_at_most = std::chrono::nanoseconds(now - seen.not_before);
    if (found.empty() || found.back().step.thread != thread.number)
      found.push_back(std::move(one));
    else if (one.shown.age > found.back().shown.age)
      found.back() = std::move(one);
  });
  return found;
}

}  // namespace

std::vector<RunningStep> running_steps(const RunningStepsOptions& options) {
  const int signal = options.signal != 0 ? options.signal : detail::default_question_signal();
  if (options.ask)
    if (const std::string wrong = detail::use_for_questions(signal); !wrong.empty())
      throw std::invalid_argument("running_steps: " + wrong);
  using How = detail::StepExplained::How;
  std::vector<RunningStep> steps;
  for (Found& found : look()) {
    if (options.ask) {
      const auto answer =
          detail::ask_for_step(found.step, signal, false, std::chrono::milliseconds(100));
      if (answer.how == How::over) continue;
      found.shown.explained = answer.how == How::explained;
      found.shown.timers = detail::names_of(std::span(answer.timers).first(answer.timers_size));
      found.shown.runs = detail::names_of(std::span(answer.runs).first(answer.runs_size));
    }
    steps.push_back(std::move(found.shown));
  }
  std::ranges::sort(steps, std::ranges::greater{}, &RunningStep::age);
  return steps;
}

}  // namespace perf_timer::inline v0_1
