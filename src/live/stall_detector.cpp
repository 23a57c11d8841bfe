//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/live/stall_detector.hpp>
#include <perf_timer/detail/platform/backtrace.hpp>
#include <perf_timer/detail/platform/thread_questions.hpp>
#include <perf_timer/detail/report/registry.hpp>

#include <algorithm>
#include <span>
#include <stdexcept>
#include <string>
#include <utility>

namespace perf_timer::inline v0_1::detail {
namespace {

[[nodiscard]] StallWatchOptions checked(StallWatchOptions options) {
  if (options.longer_than < std::chrono::milliseconds(1))
    throw std::invalid_argument("watch_stalls: longer_than is " +
                                std::to_string(options.longer_than.count()) +
                                " ns; give at least 1 ms, such as 100ms");
  if (options.open_longer_than != std::chrono::nanoseconds::zero() &&
      options.open_longer_than < std::chrono::milliseconds(1))
    throw std::invalid_argument("watch_stalls: open_longer_than is " +
                                std::to_string(options.open_longer_than.count()) +
                                " ns; give at least 1 ms, such as 30s, or zero");
  if (options.most_per_minute == 0)
    throw std::invalid_argument(
        "watch_stalls: most_per_minute is 0, so nothing would be told; give at least 1");
  if (options.signal == 0) options.signal = default_question_signal();
  if (!options.ask) return options;
  if (const std::string wrong = use_for_questions(options.signal); !wrong.empty())
    throw std::invalid_argument("watch_stalls: " + wrong);
  if (options.backtrace) prepare_backtraces();
  return options;
}

[[nodiscard]] std::vector<StackFrame> linked_symbols(std::span<const void* const> addresses) {
  std::vector<StackFrame> frames;
  for (const void* const address : addresses)
    frames.push_back({address, linked_name(address), {}, 0});
  return frames;
}

/// Forgets what isn't told again when the step is over.
void forget_details(Stall& stall) {
  stall.frames.clear();
  stall.more_frames = false;
  stall.on_processor.reset();
  stall.held_back = 0;
}

[[nodiscard]] std::vector<Stall> stalls_of(std::vector<StallDetector::Told> told) {
  std::vector<Stall> stalls;
  for (auto& one : told) stalls.push_back(std::move(one.stall));
  return stalls;
}

}  // namespace

StallDetector::StallDetector(StallWatchOptions options, std::chrono::milliseconds patience)
    : options_(checked(std::move(options))),
      steps_(options_, patience, sampling_),
      open_runs_(options_.open_longer_than),
      run_limit_(options_.most_per_minute) {
  // The first watch that is made counts, not the one whose thread happens to look first.
  static_cast<void>(sampling_.is_mine());
}

void StallDetector::prepare() const {
  static const int something = 0;
  const void* const any = &something;
  if (options_.ask && options_.backtrace) static_cast<void>(frames_at({&any, 1}));
}

void StallDetector::name_frames(Stall& stall) const {
  if (stall.frames.empty()) return;
  std::vector<const void*> addresses;
  for (const StackFrame& frame : stall.frames) addresses.push_back(frame.address);
  stall.frames = frames_at(addresses);
}

std::vector<Stall> StallDetector::look(const Now& now) {
  steps_.look(now);
  std::vector<Told> told;
  tell(now, told);
  return stalls_of(std::move(told));
}

std::vector<Stall> StallDetector::finish(const Now& now) {
  steps_.finish(now);
  std::vector<Told> told;
  tell(now, told, true);
  return stalls_of(std::move(told));
}

void StallDetector::tell(const Now& now, std::vector<Told>& told, bool last) {
  steps_.make_memory();
  steps_.count_samples();
  for (LongStep step; steps_.next(step); steps_.done()) tell_step(step, told);
  std::vector<Stall> runs;
  open_runs_.look(now, run_limit_, runs, last);
  for (Stall& run : runs) told.push_back({std::move(run)});
  Stall alone;
  alone.held_back = steps_.held_back();
  if (last || run_limit_.minute_is_over(now())) alone.held_back_runs = run_limit_.held_back();
  if (alone.held_back != 0 || alone.held_back_runs != 0) told.push_back({std::move(alone)});
}

void StallDetector::tell_step(const LongStep& step, std::vector<Told>& told) {
  const auto known = lasting_.find(step.number);
  const bool is_new = known == lasting_.end();
  Lasting lasting;
  if (!is_new) lasting = known->second;
  Stall& stall = lasting.stall;
  stall.thread = step.thread;
  stall.thread_name = step.thread_name.data();
  stall.lasted = step.lasted;
  stall.lasted_at_most = step.lasted_at_most;
  stall.over = step.over;
  if (is_new) {
    stall.held_back = step.held_back;
    stall.on_processor = step.on_processor;
    if (step.asked) explain(step, lasting);
  }
  Told made{stall, step.number};
  told.reserve(told.size() + 1);
  // From here on, only `emplace` may throw, and then nothing has been done.
  if (!step.over) {
    forget_details(stall);
    lasting_.emplace(step.number, lasting);
  }
  told.push_back(std::move(made));
  count(lasting, is_new);
  if (!is_new) lasting_.erase(known);
}

void StallDetector::explain(const LongStep& step, Lasting& lasting) const {
  using How = StepExplained::How;
  Stall& stall = lasting.stall;
  const StepExplained& answer = step.answer;
  const std::string signal = "signal " + std::to_string(options_.signal);
  switch (answer.how) {
    case How::over:
      stall.unexplained = "it ended before its thread could be asked";
      break;
    case How::silent:
      stall.unexplained = "the thread blocks " + signal + ", or doesn't get to it";
      break;
    case How::impossible:
      stall.unexplained =
          signal + " can't be sent: the program has taken it, or too many signals are pending";
      break;
    case How::explained: {
      const auto timers = answer.timers.all();
      lasting.timers.assign(timers.begin(), timers.end());
      stall.timers = names_of(lasting.timers);
      stall.more_timers = answer.timers.more;
      const std::vector<std::uint64_t> runs(answer.runs.all().begin(), answer.runs.all().end());
      stall.runs = names_of(runs);
      stall.more_runs = answer.runs.more;
      for (const void* const address : answer.frames.all()) stall.frames.push_back({address});
      stall.more_frames = answer.frames.more;
      if (!timers.empty()) stall.waiting = Registry::instance().waiting_now(timers.front());
      lasting.timers.insert(lasting.timers.end(), runs.begin(), runs.end());
      break;
    }
  }
}

/// Of several watches, one counts.
void StallDetector::count(const Lasting& lasting, bool is_new) {
  if (!lasting.timers.empty() && sampling_.is_mine())
    Registry::instance().stalled(lasting.timers, lasting.stall.lasted, is_new);
}

std::vector<StackFrame> StallDetector::frames_at(std::span<const void* const> addresses) const {
  if (!options_.symbols) return linked_symbols(addresses);
  try {
    return options_.symbols(addresses);
  } catch (...) {  // names are less important than the stall
    return linked_symbols(addresses);
  }
}

}  // namespace perf_timer::inline v0_1::detail
