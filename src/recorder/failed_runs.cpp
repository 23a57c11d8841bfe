//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/platform/attributes.hpp>
#include <perf_timer/detail/recorder/failed_runs.hpp>

#include <chrono>
#include <utility>

namespace perf_timer::inline v0_1::detail {
namespace {

// Set while the thread calls a user's `make_state`, which may itself make runs that fail. These are
// only counted.
PERF_TIMER_INITIAL_EXEC constinit thread_local bool making_states = false;

FailedStates make_states(const Observer& observer, SeriesKept kept) {
  struct Making {
    Making() noexcept { making_states = true; }
    ~Making() { making_states = false; }
  } const making;
  return {observer, kept};
}

}  // namespace

PERF_TIMER_COLD void FailedRuns::add(const RunTimes& times) noexcept {
  const std::chrono::nanoseconds elapsed(times.elapsed), busy(times.busy);
  std::unique_lock lock(mutex_);
  try {
    if (times.elapsed >= 0 && !has_no_elapsed(times.lost)) {
      if (!states_ && !making_states) {
        lock.unlock();
        FailedStates made;
        try {
          made = make_states(observer_, kept_);
        } catch (...) {
        }
        lock.lock();
        if (!states_) std::swap(states_, made);
      }
      if (states_) states_.elapsed->add({&elapsed, 1});
      if (states_.busy && times.lost == LostReason::none) states_.busy->add({&busy, 1});
    }
  } catch (...) {
  }
  ++runs_;
}

void FailedRuns::prepare(RareSeries& to, bool mergeable, std::unique_lock<std::mutex>& lock) const {
  if (hold(to, mergeable)) return;
  lock.unlock();
  to.states = make_states(observer_, kept_);
  lock.lock();
}

std::unique_lock<std::mutex> FailedRuns::hold(const RareSeries& to, bool mergeable) const {
  std::unique_lock lock(mutex_);
  if (states_ && mergeable && !to.states) return {};
  return lock;
}

void FailedRuns::read(RareSeries& to, bool mergeable) const {
  to.runs = runs_;
  if (!states_) return;
  const auto read = [&](const auto& from, const auto& states, DurationSummary& summary) {
    if (!from) return;
    if (mergeable)
      states->merge(*from);
    else
      summary = from->summary();
  };
  read(states_.elapsed, to.states.elapsed, to.elapsed);
  read(states_.busy, to.states.busy, to.busy);
}

FailedStates FailedRuns::reset() noexcept {
  const std::lock_guard lock(mutex_);
  before_reset_ += std::exchange(runs_, 0);
  return std::exchange(states_, {});
}

}  // namespace perf_timer::inline v0_1::detail
