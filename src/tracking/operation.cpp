//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "operation.hpp"

#include <algorithm>
#include <utility>

namespace perf_timer::inline v0_1::detail {

Operation::Operation(OperationName name, std::uint16_t number)
    : name_(std::move(name)),
      only_executes_(only_executes(name_.name.c_str())),
      is_step_(!name_.part_of.empty()),
      number_(number),
      recorder_(Recorder::make(Observer(), SeriesKept::all)) {}

// A recorder keeps three series of a run. Of an operation, they are: `elapsed` is how long it was
// busy, `busy` how long it waited, and `queued` is what it is. A partial run has `elapsed` alone.
// What a timer's run can't be, cancelled, counts the operations that were. Further steps of
// composed operations are those that a run executed in. Where nobody waits, the first two are the
// same, which a recorder adds to its statistics at once.
void Operation::end(const OperationTimes& times) noexcept {
  RunTimes recorded{only_executes_ ? times.busy : times.waiting, times.queued, times.busy,
                    LostReason::none};
  if (!times.divided && !only_executes_) {
    if (times.failed || times.cancelled) {
      recorded.partial = true;
      recorded.lost = LostReason::mixed;
    } else if (!undivided_.load(std::memory_order_relaxed)) {
      undivided_.store(true, std::memory_order_relaxed);
    }
  }
  // What tells that it has ended comes last.
  if (times.failed) failed_.fetch_add(1, std::memory_order_relaxed);
  if (times.cancelled) recorder_.cancel();
  if (times.goes_on) [[unlikely]]
    recorder_.end(recorded, {.off_processor = 0,
                             .held = 0,
                             .unsplit = 0,
                             .more_steps = 1,
                             .longest_step = 0,
                             .cpu = 0,
                             .labels = nullptr});
  else
    recorder_.end(recorded);
}

OperationSnapshot Operation::snapshot() const {
  const std::uint64_t dropped = dropped_.load(std::memory_order_relaxed);
  const Recorded recorded = recorder_.recorded();
  TimerSnapshot timer = recorded.snapshot();
  OperationSnapshot snapshot{.object = name_.object,
                             .operation = name_.name,
                             .part_of = name_.part_of,
                             .file = name_.file,
                             .line = name_.line,
                             .function = name_.function};
  const CounterValues& counted = recorded.counters;
  snapshot.count = timer.runs;
  snapshot.failed = failed_.load(std::memory_order_relaxed);
  snapshot.cancelled = counted.cancelled;
  snapshot.dropped = dropped;
  if (is_step() && calls_are_known_.load(std::memory_order_relaxed))
    snapshot.calls = timer.runs - std::min(counted.more_steps, timer.runs);
  const std::uint64_t over = timer.runs + dropped;
  snapshot.open = counted.begun > over ? counted.begun - over : 0;
  if (!only_executes_) snapshot.waiting = std::move(timer.busy);
  if (!undivided_.load(std::memory_order_relaxed)) snapshot.queued = std::move(timer.queued);
  snapshot.busy = std::move(timer.elapsed);
  return snapshot;
}

}  // namespace perf_timer::inline v0_1::detail
