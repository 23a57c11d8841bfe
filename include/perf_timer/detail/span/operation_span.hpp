//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/attributes.hpp>
#include <perf_timer/detail/platform/export.hpp>
#include <perf_timer/detail/platform/uncaught_exceptions.hpp>
#include <perf_timer/detail/recorder/run_times.hpp>
#include <perf_timer/detail/span/capture.hpp>
#include <perf_timer/detail/span/ending.hpp>
#include <perf_timer/detail/span/handler_is.hpp>
#include <perf_timer/detail/span/span_labels.hpp>
#include <perf_timer/detail/span/thread_state.hpp>
#include <perf_timer/detail/span/trace_span.hpp>

#include <algorithm>
#include <chrono>
#include <utility>

namespace perf_timer::inline v0_1::detail {

/// The open causal run of one asynchronous operation. It is opened where the operation is
/// initiated, inside the run that is current there, and stays current until the initiating function
/// returns. From then on it is current only where the executors that carry it execute. It is closed
/// anywhere.
template <class Clock>
class PERF_TIMER_EXPORT OperationSpan {
 public:
  /// Keeps the span current while the initiating function executes.
  class PERF_TIMER_EXPORT Initiation {
   public:
    PERF_TIMER_NOINLINE explicit Initiation(const OperationSpan& operation) noexcept;
    Initiation(const Initiation&) = delete;
    Initiation& operator=(const Initiation&) = delete;
    PERF_TIMER_NOINLINE ~Initiation();

   private:
    Span* const operations_;  // owned
    Span* before_ = nullptr;  // owned
    Ticks began_ = 0;         // on the wall clock
  };

  /// A run of this timer. If there is none, the run is never open, and must not be closed.
  explicit OperationSpan(ListedRun timer) noexcept {
    if (timer != not_listed) open(timer);
  }
  OperationSpan(OperationSpan&& other) noexcept
      : span_(std::exchange(other.span_, nullptr)),
        initiation_(std::exchange(other.initiation_, nullptr)),
        opened_(other.opened_),
        exceptions_(other.exceptions_),
        handler_(other.handler_),
        followed_(other.followed_),
        initiated_in_(other.initiated_in_),
        captured_(std::move(other.captured_)) {}
  OperationSpan& operator=(OperationSpan&&) = delete;
  ~OperationSpan() = default;

  /// Says that something executes on the operation's behalf where nothing is instrumented.
  void not_followed() noexcept {
    followed_ = false;
    list_only_age();
  }

  /// Says what the handler's executor is: whether it is instrumented, and what it is bound to and
  /// carries. Before the operation is initiated, if that is known.
  PERF_TIMER_NOINLINE void will_execute_on(bool instrumented, Task* task,
                                           const Capture& capture) noexcept;

  /// Returns what an executor of the operation carries, which carries `capture` without. `at_once`:
  /// the operation ends in its initiation, and this is what the handler executes on then.
  [[nodiscard]] PERF_TIMER_NOINLINE Capture carried(bool instrumented, Task* task,
                                                    const Capture& capture,
                                                    bool at_once) const noexcept;

  /// Ends the run. If the handler is `called` next, it will run on behalf of whose it is. Otherwise
  /// it is being destroyed. `unwinding` then says whether an exception that left the initiating
  /// function, or a step of the operation, destroys it.
  [[nodiscard]] PERF_TIMER_NOINLINE RunTimes close(bool called) noexcept;
  /// What `close` says more; only if it says so.
  [[nodiscard]] const RunDetails& details() const noexcept { return details_; }

  // For traces.
  void trace_began(TracedTimer timer) const noexcept {
    trace_span_began<Clock>(span_, timer, false);
  }
  static void trace_ended(TracedTimer timer, const RunTimes& times, RunOutcome outcome) noexcept {
    trace_span_ended<Clock>(timer, times, outcome);
  }

 private:
  PERF_TIMER_NOINLINE void open(ListedRun timer) noexcept;
  void list_only_age() noexcept {
    if (span_) span_->list_also(only_age_is_known);
  }
  [[nodiscard]] Span* initiators() const noexcept;
  void move_into(Span* parent) noexcept;
  [[nodiscard]] bool is_here(const ThreadState& state, const Span& span) const noexcept;
  [[nodiscard]] LostReason why_elsewhere(const ThreadState& state, const Span& span) const noexcept;
  [[nodiscard]] bool is_unwinding(const ThreadState& state, const Span& span) const noexcept;
  [[nodiscard]] Span* after(const ThreadState& state, const Span& span) const noexcept;

  /// Returns whether the initiating function executes here, and not in another step. Relaxed: only
  /// this thread's own writing matters, as a step that isn't `initiated_in_` says no.
  [[nodiscard]] bool is_initiated_here(const ThreadState& state, const Span& span) const noexcept {
    return span.initiating.load(std::memory_order_relaxed) && state.step == initiated_in_;
  }

  Span* span_ = nullptr;        // owned while open; null if there was no memory
  Span* initiation_ = nullptr;  // owned; the initiating function's, if that isn't the operation's
  Ticks opened_ = 0;            // on the wall clock
  int exceptions_ = 0;          // in flight when it was opened
  mutable HandlerIs handler_ = HandlerIs::undecided;
  bool followed_ = true;
  const StepBase* initiated_in_ = nullptr;  // only compared, while the step is there
  RunDetails details_;
  Capture captured_;  // only if the handler's executor had captured
};

template <class Clock>
void OperationSpan<Clock>::open(ListedRun timer) noexcept {
  ThreadState& state = thread_state<Clock>();
  exceptions_ = uncaught_exceptions_here();
  initiated_in_ = state.step;
  span_ = make_span_here<Clock>();
  opened_ = wall_now<Clock>(now<Clock>());
  if (!span_) return;
  span_->open_idle(opened_);
  span_->parent = share(state.current);
  span_->depth = span_->parent ? span_->parent->depth + 1 : 0;
  if ((timer & to_be_sampled) != 0 && !is_processor_clock<Clock>) sample_cpu(*span_);
  span_->list(timer & ~to_be_sampled);
}

template <class Clock>
OperationSpan<Clock>::Initiation::Initiation(const OperationSpan& operation) noexcept
    : operations_(share(operation.span_)) {
  if (!operations_) return;
  operations_->initiating.store(true, std::memory_order_relaxed);
  ThreadState& state = thread_state<Clock>();
  if (!state.step && !state.current) state.stretch = 0;  // another stretch begins
  Span* const current = operation.initiation_ ? operation.initiation_ : operations_;
  const Ticks at = now<Clock>();
  began_ = wall_now<Clock>(at);
  before_ = switch_current<Clock>(state, share(current), at);
}

template <class Clock>
OperationSpan<Clock>::Initiation::~Initiation() {
  if (!operations_) return;
  operations_->initiating.store(false, std::memory_order_relaxed);
  // Restores what was saved, whatever is current, because the operation may have ended in between.
  const Ticks at = now<Clock>();
  release(end_steps<Clock>(thread_state<Clock>(), before_, at, began_, wall_now<Clock>(at)));
  release(operations_);
}

/// Returns the span that was current where the operation was initiated.
template <class Clock>
Span* OperationSpan<Clock>::initiators() const noexcept {
  return (initiation_ ? initiation_ : span_)->parent;
}

template <class Clock>
void OperationSpan<Clock>::will_execute_on(bool instrumented, Task* task,
                                           const Capture& capture) noexcept {
  if (!span_) return;
  handler_ = whose_handler(thread_state<Clock>(), initiators(), instrumented, task, capture);
  if (handler_ == HandlerIs::captured) {
    captured_ = capture;
    move_into(share(capture.span()));
  } else if (handler_ == HandlerIs::tasks) {
    move_into(task->innermost());
  }
}

/// Takes over `parent`.
template <class Clock>
void OperationSpan<Clock>::move_into(Span* parent) noexcept {
  initiation_ = make_span_here<Clock>();
  if (!initiation_) {
    release(parent);
    handler_ = HandlerIs::anothers;
    return;
  }
  list_only_age();  // its busy time is in two spans
  initiation_->open_idle(opened_);
  initiation_->parent = std::exchange(span_->parent, parent);
  initiation_->depth = std::exchange(span_->depth, parent ? parent->depth + 1 : 0);
  if (!span_->sampled) return;
  sample_cpu(*span_);
  sample_cpu(*initiation_);
}

template <class Clock>
Capture OperationSpan<Clock>::carried(bool instrumented, Task* task, const Capture& capture,
                                      bool at_once) const noexcept {
  if (span_ && (at_once || handler_ == HandlerIs::undecided)) {
    handler_ = whose_handler(thread_state<Clock>(), initiators(), instrumented, task, capture);
    if (belongs_to_a_run(handler_, task, capture)) handler_ = HandlerIs::anothers;
  }
  if (span_ && handler_ != HandlerIs::anothers) return Capture::of_run(*span_);
  return instrumented ? capture : Capture::no_span(0);
}

/// Returns whether the operation, or its initiating function, executes here.
template <class Clock>
bool OperationSpan<Clock>::is_here(const ThreadState& state, const Span& span) const noexcept {
  return is_within(state.current, &span) || (initiation_ && is_within(state.current, initiation_));
}

template <class Clock>
RunTimes OperationSpan<Clock>::close(bool called) noexcept {
  ThreadState& state = thread_state<Clock>();
  settle_offer(state);
  Span* const span = std::exchange(span_, nullptr);
  if (!span) [[unlikely]]
    return checked<Clock>(
        {.elapsed = wall_now<Clock>(now<Clock>()) - opened_, .lost = LostReason::no_memory});
  span->unlist();
  const AccountsBefore<Clock> before(*span), of_initiation(initiation_ ? *initiation_ : *span);
  const Ticks at = now<Clock>(), wall = wall_now<Clock>(at);
  charge_current<Clock>(state, at);
  Ending<Clock> ending(state, *span, before, at, wall);
  ending.trace();
  RunTimes& times = ending.times;
  times.lost = ending.is_too_long() ? LostReason::too_long : why_elsewhere(state, *span);
  if (times.lost == LostReason::none) times.lost = ending.why_wrong(1, details_);
  if (initiation_) {
    Ending<Clock> initiation(state, *initiation_, of_initiation, at, wall);
    times.busy += initiation.times.busy;
    times.queued += initiation.times.queued;
    if (times.lost == LostReason::none) {
      RunDetails initiations;
      times.lost = initiation.why_wrong(1, initiations);
      if (times.lost == LostReason::none) {
        add(details_, initiations);
        const bool sampled = tells(times.more, Told::processor_time) &&
                             tells(initiation.times.more, Told::processor_time);
        times.more = sampled ? Told::processor_time : Told::details;
      }
    }
  }
  tell_labels(*span, times, details_);
  if (!called)
    times.unwinding = is_unwinding(state, *span);
  else if (state.current == span || (initiation_ && state.current == initiation_))
    release(
        end_steps<Clock>(state, after(state, *span), at, step_of_run_began(state, *span), wall));
  release(span);
  release(std::exchange(initiation_, nullptr));
  return checked<Clock>(times);
}

/// Returns why the operation's steps weren't all seen, or whether it ends in none of them.
template <class Clock>
LostReason OperationSpan<Clock>::why_elsewhere(const ThreadState& state,
                                               const Span& span) const noexcept {
  if (!followed_) return LostReason::foreign_executor;
  if (is_here(state, span)) return LostReason::none;
  if (state.is(ThreadState::nobody_known)) return LostReason::in_a_queue;
  if (state.step) return LostReason::in_another_step;
  return in_step_of_another_clock<Clock>() ? LostReason::other_clock : LostReason::outside_a_step;
}

template <class Clock>
bool OperationSpan<Clock>::is_unwinding(const ThreadState& state, const Span& span) const noexcept {
  if (!is_here(state, span)) return false;
  int before = exceptions_;
  if (!is_initiated_here(state, span))
    before = state.step ? std::max(state.step->exceptions_before(), 0) : 0;
  return uncaught_exceptions_here() > before;
}

/// Returns on whose behalf the handler runs (owned), in a step of the operation.
template <class Clock>
Span* OperationSpan<Clock>::after(const ThreadState& state, const Span& span) const noexcept {
  if (is_initiated_here(state, span)) return share((initiation_ ? *initiation_ : span).parent);
  switch (handler_) {
    case HandlerIs::around:
      return share(state.step ? state.step->span_before() : nullptr);
    case HandlerIs::captured:
      return share(captured_.span());
    case HandlerIs::tasks:
      if (Task* const task = state.step ? state.step->task() : nullptr) return task->innermost();
      return nullptr;
    case HandlerIs::undecided:
    case HandlerIs::initiators:
    case HandlerIs::anothers:
      break;
  }
  return share(span.parent);
}

// The default clock's instance is compiled into the library.
extern template class OperationSpan<std::chrono::steady_clock>;

}  // namespace perf_timer::inline v0_1::detail
