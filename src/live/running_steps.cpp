//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/beacon/watched_thread.hpp>
#include <perf_timer/detail/clock/steady_now.hpp>
#include <perf_timer/detail/live/step_explained.hpp>
#include <perf_timer/detail/platform/thread_questions.hpp>
#include <perf_timer/running_steps.hpp>

#include <algorithm>
#include <cstddef>
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
  // A name of a thread is so short that it is in the string itself.
  detail::WatchedThreads threads([&](std::size_t size) { found.reserve(size); });
  threads.look(
      &detail::steady_now, [&](const detail::WatchedThread& thread, const detail::Beacon& beacon,
                               const detail::Sighting& seen, detail::Ticks before) {
        if (!detail::Beacon::in_step(seen.sight)) return;
        Found one{{thread.number, &beacon, seen.sight}, {}};
        one.shown.thread = thread.handle.id();
        one.shown.thread_name = thread.handle.name().data();
        one.shown.age = std::chrono::nanoseconds(std::max<detail::Ticks>(before - seen.since, 0));
        if (seen.not_before != detail::Sighting::unknown)
          one.shown.age_at_most = std::chrono::nanoseconds(detail::steady_now() - seen.not_before);
        if (found.empty() || found.back().step.thread != thread.number)
          found.push_back(std::move(one));
        else if (one.shown.age > found.back().shown.age)
          found.back() = std::move(one);
      });
  return found;
}

void explain(std::vector<Found>& found, int signal) {
  using How = detail::StepExplained::How;
  std::vector<detail::StepExplained> answers(found.size());
  std::vector<detail::StepQuestion> questions;
  for (std::size_t i = 0; i < found.size(); ++i) questions.push_back({found[i].step, &answers[i]});
  detail::ask_for_steps(questions, signal, false, std::chrono::milliseconds(100));
  std::vector<Found> last;
  for (std::size_t i = 0; i < found.size(); ++i) {
    const detail::StepExplained& answer = answers[i];
    if (answer.how == How::over) continue;
    RunningStep& shown = last.emplace_back(std::move(found[i])).shown;
    shown.explained = answer.how == How::explained;
    shown.timers = detail::names_of(answer.timers.all());
    shown.more_timers = answer.timers.more;
    shown.runs = detail::names_of(answer.runs.all());
    shown.more_runs = answer.runs.more;
  }
  found = std::move(last);
}

}  // namespace

std::vector<RunningStep> running_steps(const RunningStepsOptions& options) {
  const int signal = options.signal != 0 ? options.signal : detail::default_question_signal();
  if (options.ask)
    if (const std::string wrong = detail::use_for_questions(signal); !wrong.empty())
      throw std::invalid_argument("running_steps: " + wrong);
  std::vector<Found> found = look();
  if (options.ask) explain(found, signal);
  std::vector<RunningStep> steps;
  for (Found& one : found) steps.push_back(std::move(one.shown));
  std::ranges::sort(steps, std::ranges::greater{}, &RunningStep::age);
  return steps;
}

}  // namespace perf_timer::inline v0_1
