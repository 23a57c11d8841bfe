//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/asio/binding.hpp>
#include <perf_timer/detail/beacon/watched_thread.hpp>
#include <perf_timer/detail/live/step_explained.hpp>
#include <perf_timer/detail/platform/backtrace.hpp>
#include <perf_timer/detail/platform/thread_question.hpp>
#include <perf_timer/detail/span/step_base.hpp>
#include <perf_timer/detail/span/thread_state.hpp>
#include <perf_timer/detail/trace/timer_name.hpp>

#include <algorithm>
#include <ranges>

namespace perf_timer::inline v0_1::detail {
namespace {

/// Where a thread finds what it is asked, and leaves its answer. One question is under way at a
/// time.
struct Desk {
  SeenStep step;
  bool backtrace = false;
  StepExplained answer;
};
constinit Desk desk;

void tell_timers(const StepBase* step, StepExplained& to) noexcept {
  for (; step; step = step->outer())
    for (const Binding* b = step->timers(); b; b = b->also.get())
      if (const Recorder* const timer = b->recorder.get();
          timer && timer->enabled() && to.timers_size < to.timers.size())
        to.timers[to.timers_size++] = timer->serial();
}

void tell_runs(const Span* span, StepExplained& to) noexcept {
  constexpr int most = 1000;  // so that the thread goes on soon
  for (int n = 0; span && n < most && to.runs_size < to.runs.size(); span = span->parent, ++n)
    if (const ListedRun timer = timer_of(span->listed.load(std::memory_order_relaxed));
        timer != not_listed)
      to.runs[to.runs_size++] = timer;
}

/// Called in a signal handler, on the asked thread.
void answer_here(void* to, const void* interrupted) noexcept {
  Desk& asked = *static_cast<Desk*>(to);
  StepExplained& answer = asked.answer;
  const WatchedThread* const here = WatchedThreads::this_one();
  if (!here || here->number != asked.step.thread || asked.step.beacon->seen() != asked.step.sight) {
    answer.how = StepExplained::How::over;
    return;
  }
  for (const Beacon* b = here->beacons; b; b = b->next()) {
    const auto& state = static_cast<const ThreadState&>(*b);
    tell_timers(state.step, answer);
    tell_runs(state.current, answer);
  }
  if (asked.backtrace) answer.frames_size = backtrace_here(answer.frames, interrupted);
  answer.how = StepExplained::How::explained;
}

}  // namespace

StepExplained ask_for_step(const SeenStep& step, int signal, bool backtrace,
                           std::chrono::milliseconds patience) {
  using How = StepExplained::How;
  StepExplained none;
  ThreadQuestion question(&answer_here, &desk);
  if (!question.has_its_turn()) return none;
  desk = {step, backtrace, {}};
  none.how = How::over;
  {
    // The thread can't end while it is listed.
    const WatchedThreads threads;
    threads.for_each([&](const WatchedThread& thread) {
      if (thread.number == step.thread && step.beacon->seen() == step.sight)
        none.how = question.send(thread.handle, signal) ? How::silent : How::impossible;
    });
  }
  return none.how == How::silent && question.wait(patience) ? desk.answer : none;
}

std::vector<std::string> names_of(std::span<const std::uint64_t> serials) {
  std::vector<std::string> names;
  if (serials.empty()) return names;
  const auto known = TimerName::all();
  for (auto s = serials.begin(); s != serials.end(); ++s) {
    if (std::find(serials.begin(), s, *s) != s) continue;
    const auto found =
        std::ranges::find(known, timer_of(*s), [](auto& name) { return timer_of(name.first); });
    names.push_back(found != known.end() ? found->second : "a timer that is gone");
  }
  return names;
}

}  // namespace perf_timer::inline v0_1::detail
