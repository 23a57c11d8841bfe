//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/asio/binding.hpp>
#include <perf_timer/detail/beacon/watched_thread.hpp>
#include <perf_timer/detail/live/step_explained.hpp>
#include <perf_timer/detail/platform/backtrace.hpp>
#include <perf_timer/detail/platform/thread_questions.hpp>
#include <perf_timer/detail/span/step_base.hpp>
#include <perf_timer/detail/span/thread_state.hpp>
#include <perf_timer/detail/trace/timer_name.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <ranges>

namespace perf_timer::inline v0_1::detail {
namespace {

/// Where a thread finds what it is asked, and leaves its answer: one for each place.
struct Desk {
  SeenStep step;
  const WatchedThread* thread = nullptr;  // in `send` only, for it may end later
  bool backtrace = false;
  StepExplained answer;
};
constinit std::array<Desk, ThreadQuestions::most> desks{};

void tell_timers(const StepBase* step, StepExplained& to) noexcept {
  for (; step; step = step->outer())
    for (const Binding* b = step->timers(); b; b = b->also.get())
      if (const Recorder* const timer = b->recorder.get(); timer && timer->enabled())
        to.timers.add(timer->serial());
}

// Relaxed: the spans are this thread's, and those around them.
void tell_runs(const Span* span, StepExplained& to) noexcept {
  constexpr int most = 1000;  // so that the thread goes on soon
  for (int n = 0; span && !to.runs.more; span = span->parent, ++n) {
    const ListedRun timer = timer_of(span->listed.load(std::memory_order_relaxed));
    if (n == most)
      to.runs.more = true;
    else if (timer != not_listed)
      to.runs.add(timer);
  }
}

/// Called while the asked thread does nothing else. Returns whether it shall tell where it is.
bool answer_here(std::size_t place) noexcept {
  Desk& asked = desks[place];
  StepExplained& answer = asked.answer;
  const WatchedThread* const here =
      ThreadQuestions::asked_thread_answers ? WatchedThreads::this_one() : asked.thread;
  if (!here || here->number != asked.step.thread || asked.step.beacon->seen() != asked.step.sight) {
    answer.how = StepExplained::How::over;
    return false;
  }
  for (const Beacon* b = here->beacons; b; b = b->next()) {
    const auto& state = static_cast<const ThreadState&>(*b);
    tell_timers(state.step, answer);
    tell_runs(state.current, answer);
  }
  answer.how = StepExplained::How::explained;
  return asked.backtrace;
}

/// Asks as many as there are places for.
void ask(std::span<const StepQuestion> asked, int signal, bool backtrace,
         std::chrono::milliseconds patience) noexcept {
  using How = StepExplained::How;
  ThreadQuestions questions(&answer_here);
  for (std::size_t i = 0; i < asked.size(); ++i)
    if (questions.take(i))
      desks[i] = {asked[i].step, nullptr, backtrace, {}};
    else
      asked[i].answer->how = How::silent;
  {
    // A thread can't end while it is listed.
    const WatchedThreads threads;
    threads.for_each([&](const WatchedThread& thread) {
      for (std::size_t i = 0; i < asked.size(); ++i) {
        const auto& [step, answer] = asked[i];
        if (answer->how == How::over && thread.number == step.thread &&
            step.beacon->seen() == step.sight) {
          if (!ThreadQuestions::asked_thread_answers) desks[i].thread = &thread;
          answer->how = questions.send(i, thread.handle, signal) ? How::silent : How::impossible;
        }
      }
    });
  }
  questions.wait(patience);
  for (std::size_t i = 0; i < asked.size(); ++i) {
    if (!questions.is_answered(i)) continue;
    *asked[i].answer = desks[i].answer;
    auto& frames = asked[i].answer->frames;
    for (const void* const frame : questions.frames(i)) frames.add(frame);
    if (!backtraces_have_callers && !questions.frames(i).empty()) frames.more = true;
  }
}

}  // namespace

void ask_for_steps(std::span<const StepQuestion> questions, int signal, bool backtrace,
                   std::chrono::milliseconds patience) noexcept {
  for (const StepQuestion& question : questions) question.answer->how = StepExplained::How::over;
  for (std::size_t begin = 0; begin < questions.size(); begin += ThreadQuestions::most) {
    const std::size_t size = std::min(questions.size() - begin, ThreadQuestions::most);
    ask(questions.subspan(begin, size), signal, backtrace, patience);
  }
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
