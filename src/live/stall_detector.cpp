//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/live/look_at_threads.hpp>
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

/// Returns how long the step has executed at `now`, in the stall.
void set_length(Stall& stall, Ticks since, Ticks not_before, Ticks seen, Ticks now) noexcept {
  stall.lasted = std::chrono::nanoseconds(seen - since);
  if (not_before != Sighting::unknown)
    stall.lasted_at_most = std::chrono::nanoseconds(now - not_before);
}

}  // namespace

StallDetector::StallDetector(StallWatchOptions options, std::chrono::milliseconds patience)
    : options_(checked(std::move(options))),
      patience_(patience),
      open_runs_(options_.open_longer_than),
      step_limit_(options_.most_per_minute),
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
  std::vector<Stall> told;
  const std::size_t known = lasting_.size();
  const Ticks before = see_threads(now, false);
  const Ticks after = now();
  if (sampling_.is_mine()) ThreadSamples::instance().add(look_at_threads());
  tell_begun(now, before, known, told);
  tell_over(after, told);
  open_runs_.look(now, run_limit_, told);
  tell_held_back(before, told);
  return told;
}

std::vector<Stall> StallDetector::finish(const Now& now) {
  std::vector<Stall> told;
  static_cast<void>(see_threads(now, true));
  tell_over(now(), told);
  open_runs_.look(now, run_limit_, told, true);
  tell_held_back(TellLimit::the_end, told);
  return told;
}

/// Returns a time before all that was seen.
Ticks StallDetector::see_threads(const Now& now, bool last) {
  for (Lasting& l : lasting_) l.found = l.is_new = false;
  WatchedThreads threads;
  return threads.look(now, [&](const WatchedThread& thread, const Beacon& beacon,
                               const Sighting& sight, Ticks before) {
    if (!go_on(thread, beacon, sight, before) && !last && Beacon::in_step(sight.sight) &&
        before - sight.since >= options_.longer_than.count())
      begin(thread, beacon, sight, before, now);
  });
}

void StallDetector::tell_begun(const Now& now, Ticks seen, std::size_t known,
                               std::vector<Stall>& told) {
  const auto begun = std::span(lasting_).subspan(known);
  std::vector<SeenStep> steps;  // of those that are told
  for (Lasting& l : begun) {
    l.told = step_limit_.allows(seen);
    if (!l.told) continue;
    l.stall.held_back = step_limit_.held_back();
    steps.push_back(l.step);
  }
  std::vector<StepExplained> answers;
  if (options_.ask) answers = ask_for_steps(steps, options_.signal, options_.backtrace, patience_);
  const Ticks answered = now();
  auto answer = answers.begin();
  for (Lasting& l : begun) {
    if (!l.told) continue;
    if (options_.ask) explain(l, *answer++, answered);
    count(l, true);
    told.push_back(l.stall);
    if (l.stall.over) l.told = false;  // it need not be told again
  }
}

void StallDetector::tell_over(Ticks now, std::vector<Stall>& told) {
  for (Lasting& l : lasting_) {
    if (l.found || !l.told) continue;
    l.stall.over = true;
    l.stall.frames.clear();
    l.stall.more_frames = false;
    l.stall.on_processor.reset();
    l.stall.held_back = 0;
    set_length(l.stall, l.since, l.not_before, l.seen, now);
    count(l, false);
    told.push_back(std::move(l.stall));
  }
  std::erase_if(lasting_, [](const Lasting& l) { return !l.found; });
}

/// Tells the numbers alone when their minute is over.
void StallDetector::tell_held_back(Ticks now, std::vector<Stall>& told) {
  Stall alone;
  if (step_limit_.minute_is_over(now)) alone.held_back = step_limit_.held_back();
  if (run_limit_.minute_is_over(now)) alone.held_back_runs = run_limit_.held_back();
  if (alone.held_back != 0 || alone.held_back_runs != 0) told.push_back(std::move(alone));
}

/// Returns whether the step lasts already. Of a thread's steps by several clocks, one is enough.
bool StallDetector::go_on(const WatchedThread& thread, const Beacon& beacon,
                          const Sighting& sighting, Ticks now) {
  const auto of_thread = [&](const Lasting& l) { return l.step.thread == thread.number; };
  const auto found = std::ranges::find_if(lasting_, of_thread);
  if (found == lasting_.end()) return false;
  if (found->is_new && Beacon::in_step(sighting.sight) && sighting.since < found->since) {
    lasting_.erase(found);  // this one is around it
    return false;
  }
  if (found->step.beacon == &beacon && found->step.sight == sighting.sight) {
    found->found = true;
    found->seen = now;
  }
  return true;
}

void StallDetector::begin(const WatchedThread& thread, const Beacon& beacon,
                          const Sighting& sighting, Ticks seen, const Now& now) {
  Lasting l;
  l.step = {thread.number, &beacon, sighting.sight};
  l.since = sighting.since;
  l.not_before = sighting.not_before;
  l.seen = seen;
  l.stall.thread = thread.handle.id();
  l.stall.thread_name = thread.handle.name().data();
  const auto used = thread.handle.processor_time();
  const Ticks after = now();
  set_length(l.stall, l.since, l.not_before, seen, after);
  if (used && sighting.processor != Sighting::unknown)
    l.stall.on_processor = std::clamp(static_cast<double>(used->count() - sighting.processor) /
                                          static_cast<double>(after - sighting.since),
                                      0.0, 1.0);
  lasting_.push_back(std::move(l));
}

void StallDetector::explain(Lasting& lasting, const StepExplained& answer, Ticks at) const {
  using How = StepExplained::How;
  Stall& stall = lasting.stall;
  const std::string signal = "signal " + std::to_string(options_.signal);
  switch (answer.how) {
    case How::over:
      stall.over = true;
      set_length(stall, lasting.since, lasting.not_before, lasting.seen, at);
      stall.on_processor.reset();
      stall.unexplained = "it ended before its thread could be asked";
      lasting.found = false;
      break;
    case How::silent:
      stall.unexplained = "the thread blocks " + signal + ", or doesn't get to it";
      break;
    case How::impossible:
      stall.unexplained =
          signal + " can't be sent: the program has taken it, or too many signals are pending";
      break;
    case How::explained: {
      const auto timers = answer.timers.all(), runs = answer.runs.all();
      stall.timers = names_of(timers);
      stall.more_timers = answer.timers.more;
      stall.runs = names_of(runs);
      stall.more_runs = answer.runs.more;
      for (const void* const address : answer.frames.all()) stall.frames.push_back({address});
      stall.more_frames = answer.frames.more;
      if (!timers.empty()) stall.waiting = Registry::instance().waiting_now(timers.front());
      lasting.timers.assign(timers.begin(), timers.end());
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
