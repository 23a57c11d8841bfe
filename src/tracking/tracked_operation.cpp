//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/span/handler_step.hpp>
#include <perf_timer/detail/span/thread_state.hpp>
#include <perf_timer/detail/tracking/operation_completion.hpp>
#include <perf_timer/detail/tracking/operation_location.hpp>
#include <perf_timer/detail/tracking/tracked_operation.hpp>
#include <perf_timer/detail/tracking/tracking_thread.hpp>

#include "continued_step.hpp"
#include "operation.hpp"
#include "operation_table.hpp"
#include "strands_of_runs.hpp"

#include <chrono>
#include <utility>

namespace perf_timer::inline v0_1::detail {
namespace {

/// Where the calling thread starts an operation. Locations that were there before the handler which
/// executes are not its own.
[[nodiscard]] OperationStart start_here(OperationSite& site, const char* object,
                                        const char* name) noexcept {
  TrackingThread& thread = tracking_thread;
  const OperationLocation* const end =
      thread.completion ? thread.completion->location_before() : nullptr;
  OperationStart start{.site = &site, .object = object, .name = name};
  if (site.is_awaited) start.awaits = thread.awaits.take();
  auto& [outermost, second, third] = start.locations;
  for (const OperationLocation* at = thread.location; at && at != end; at = at->outer()) {
    third = second;
    second = outermost;
    outermost = at;
  }
  if (outermost && outermost->file() && thread.completion)
    start.inside = thread.completion->continued();
  return start;
}

/// A strand submits itself when it is given the first function. It does so again if others wait
/// when it has executed those that it had.
[[nodiscard]] bool a_strand_submits(const ThreadState& state) noexcept {
  const OperationCompletion* const executes = tracking_thread.completion;
  return state.is(ThreadState::strand_submits) || (executes && executes->is_strands_own());
}

}  // namespace

constinit StrandsOfRuns strands_of_runs;

void TrackedOperation::tracked_start(OperationSite& site, const char* object, const char* name,
                                     Ticks at, Ticks due) noexcept {
  const NamedOperation* const usual = site.usual.load(std::memory_order_acquire);
  if (usual && usual->object == object && usual->name == name && !tracking_thread.location &&
      !site.is_awaited)
    tracked_operation = usual;
  else
    tracked_operation = &OperationTable::instance().operation(start_here(site, object, name));
  Operation& operation = tracked_operation->operation;
  operation.start();
  tracked_started_at = at;
  tracked_ready_at = due;
  const ThreadState& state = thread_state<std::chrono::steady_clock>();
  const bool handed_down = state.is(ThreadState::submitting);
  if (!Operation::only_executes(name)) {
    if (state.current && !handed_down) tracked_span = share(state.current);
    return;
  }
  FunctionNotes notes;
  if (!operation.is_step())
    if (const OperationCompletion* const inside = tracking_thread.completion)
      notes.set_continued(inside->continued());
  if (handed_down) notes.set(FunctionNotes::handed_down);
  if (state.is(ThreadState::strand_submits)) strand_submits_itself();
  if (a_strand_submits(state)) notes.set(FunctionNotes::strands_own);
  if (state.current && !notes.has(FunctionNotes::handed_down | FunctionNotes::strands_own)) {
    tracked_span = share(state.current);
    if (is_unwinding_here()) notes.set(FunctionNotes::unwinding);
    if (!begin_to_wait(*tracked_span, at)) notes.set(FunctionNotes::uncounted);
  }
  tracked_ready_at = notes.kept();
}

void TrackedOperation::tracked_give_up() noexcept { const OperationCompletion given_up(*this); }

StrandSubmits::StrandSubmits(const void* strand) noexcept
    : outer_(std::exchange(strand_submission, &submission_)), submission_{.strand = strand} {
  ThreadState& state = thread_state<std::chrono::steady_clock>();
  before_ = state.mode & ThreadState::strand_submits;
  state.mode |= ThreadState::strand_submits;
}

/// What a strand of a started run's executor is given is the run's. The submitter has counted that
/// it waits. It may end before a handler tells that.
StrandSubmits::~StrandSubmits() {
  ThreadState& state = thread_state<std::chrono::steady_clock>();
  state.mode &= static_cast<ThreadState::Mode>(~ThreadState::strand_submits);
  state.mode |= before_;
  strand_submission = outer_;
  if (submission_.is_through_a_run) [[unlikely]]
    strands_of_runs.add(submission_.strand);
  if (strands_of_runs.has(submission_.strand)) [[unlikely]] {
    Span* const submitter = state.current;
    spoilt_by_a_queue(submitter);
    if (before_) outer_->is_through_a_run = true;  // this is the executor of that strand
  }
}

/// What it executes inline may give it more.
void strand_submits_itself() noexcept {
  if (strand_submission->is_through_a_run)
    strands_of_runs.add(strand_submission->strand);
  else
    strands_of_runs.remove(strand_submission->strand);
}

}  // namespace perf_timer::inline v0_1::detail
