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
#include <perf_timer/detail/span/thread_state.hpp>
#include <perf_timer/detail/trace/hooks.hpp>

#include <algorithm>
#include <chrono>
#include <utility>

namespace perf_timer::inline v0_1::detail {

/// On whose behalf an operation's handler runs once the operation has ended. Measuring must not
/// change that, so it is what it would be without.
enum class HandlerIs : unsigned char {
  undecided,   ///< nobody asked for the handler's executor yet
  initiators,  ///< whose the initiation was
  around,      ///< whose the code around is, because its executor isn't instrumented
  captured,    ///< its executor had captured a span, or that there was none
  tasks        ///< what its task has open then
};

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
    Span* const span_;        // owned
    Span* before_ = nullptr;  // owned
  };

  /// Unless `enabled`, the run is never open, and must not be closed.
  explicit OperationSpan(bool enabled) noexcept {
    if (enabled) open();
  }
  OperationSpan(OperationSpan&& other) noexcept
      : span_(std::exchange(other.span_, nullptr)),
        opened_(other.opened_),
        exceptions_(other.exceptions_),
        handler_(other.handler_),
        followed_(other.followed_),
        initiated_in_(other.initiated_in_),
        captured_(std::move(other.captured_)) {}
  OperationSpan& operator=(OperationSpan&&) = delete;
  ~OperationSpan() = default;

  /// Says that something executes on the operation's behalf where nothing is instrumented.
  void not_followed() noexcept { followed_ = false; }

  /// Returns what the operation's executors carry, in place of `otherwise` if the run isn't open.
  [[nodiscard]] Capture carried(const Capture& otherwise) const noexcept {
    return span_ ? Capture::of_run(*span_) : otherwise;
  }

  /// Says what the handler's executor is: whether it is instrumented, and what it is bound to and
  /// carries. The first time counts, which is in the initiation, unless it is the executor of an
  /// operation that ends at once.
  void handler_executes_on(bool instrumented, const Task* task, const Capture& capture,
                           bool at_once) const noexcept {
    if (span_ && (at_once || handler_ == HandlerIs::undecided)) decide(instrumented, task, capture);
  }

  /// Ends the run. If the handler is `called` next, it will run on behalf of whose it is. Otherwise
  /// it is being destroyed. `unwinding` then says whether an exception that left the initiating
  /// function, or a step of the operation, destroys it.
  [[nodiscard]] PERF_TIMER_NOINLINE RunTimes close(bool called) noexcept;

  // For traces.
  PERF_TIMER_COLD PERF_TIMER_NOINLINE void trace_began(TracedTimer timer) const noexcept {
    if (span_) trace_run_began<Clock>(span_->opened, {timer, true, span_});
  }
  PERF_TIMER_COLD PERF_TIMER_NOINLINE static void trace_ended(TracedTimer timer,
                                                              const RunTimes& times,
                                                              RunOutcome outcome) noexcept {
    trace_run_ended<Clock>(0, {timer, true, outcome, static_cast<std::uint8_t>(times.lost), nullptr,
                               times.busy, times.queued, times.elapsed});
  }

 private:
  using Ops = AccountOps<is_shared_clock<Clock>>;
  using Waiting = AccountOps<is_shared_clock<wall_clock_of<Clock>>>;

  PERF_TIMER_NOINLINE void open() noexcept;
  PERF_TIMER_NOINLINE void decide(bool instrumented, const Task* task,
                                  const Capture& capture) const noexcept;
  [[nodiscard]] LostReason why_lost(const ThreadState& state, const Span& span,
                                    bool crowded) const noexcept;
  [[nodiscard]] bool is_unwinding(const ThreadState& state, const Span& span) const noexcept;
  [[nodiscard]] Span* whose_handler(const ThreadState& state, const Span& span) const noexcept;

  /// Returns whether the initiating function executes here, and not in another step.
  [[nodiscard]] bool is_initiated_here(const ThreadState& state, const Span& span) const noexcept {
    return span.initiating.load(std::memory_order_relaxed) && state.step == initiated_in_;
  }

  Span* span_ = nullptr;  // owned while open; null if there was no memory
  Ticks opened_ = 0;      // on the wall clock
  int exceptions_ = 0;    // in flight when it was opened
  mutable HandlerIs handler_ = HandlerIs::undecided;
  bool followed_ = true;
  const StepBase* initiated_in_ = nullptr;  // only compared, while the step is there
  mutable Capture captured_;                // only if the handler's executor had captured
};

template <class Clock>
void OperationSpan<Clock>::open() noexcept {
  ThreadState& state = thread_state<Clock>();
  exceptions_ = uncaught_exceptions_here();
  initiated_in_ = state.step;
  span_ = Span::make_here();
  opened_ = wall_now<Clock>(now<Clock>());
  if (!span_) return;
  span_->opened = opened_;
  span_->parent = share(state.current);
  span_->depth = span_->parent ? span_->parent->depth + 1 : 0;
}

template <class Clock>
OperationSpan<Clock>::Initiation::Initiation(const OperationSpan& operation) noexcept
    : span_(share(operation.span_)) {
  if (!span_) return;
  span_->initiating.store(true, std::memory_order_relaxed);
  ThreadState& state = thread_state<Clock>();
  if (!state.step && !state.current) state.stretch = 0;  // another stretch begins
  before_ = switch_current<Clock>(state, share(span_), now<Clock>());
}

template <class Clock>
OperationSpan<Clock>::Initiation::~Initiation() {
  if (!span_) return;
  span_->initiating.store(false, std::memory_order_relaxed);
  // Restores what was saved, whatever is current, because the operation may have ended in between.
  release(switch_current<Clock>(thread_state<Clock>(), before_, now<Clock>()));
  release(span_);
}

template <class Clock>
void OperationSpan<Clock>::decide(bool instrumented, const Task* task,
                                  const Capture& capture) const noexcept {
  const ThreadState& state = thread_state<Clock>();
  handler_ = HandlerIs::initiators;
  if (!instrumented) {
    handler_ = HandlerIs::around;
  } else if (capture.made()) {
    if (capture.is_of_run() && is_within(span_->parent, capture.span())) return;
    handler_ = HandlerIs::captured;
    captured_ = capture;
  } else if (task && !(state.step && state.step->task() == task)) {
    handler_ = HandlerIs::tasks;
  }
}

template <class Clock>
RunTimes OperationSpan<Clock>::close(bool called) noexcept {
  ThreadState& state = thread_state<Clock>();
  const Ticks at = now<Clock>();
  const Ticks wall = wall_now<Clock>(at);
  RunTimes times;
  times.elapsed = wall - opened_;
  Span* const span = std::exchange(span_, nullptr);
  if (!span) [[unlikely]] {
    times.lost = LostReason::no_memory;
    return checked<Clock>(times);
  }
  if (tracing()) [[unlikely]]
    trace_closing<Clock>(span, wall);
  if constexpr (!is_shared_clock<Clock>)
    static_cast<void>(switch_current<Clock>(state, state.current, at));
  const bool crowded =
      span->uncounted.load(std::memory_order_acquire) != 0;  // read before `queued`
  times.busy = Ops::read(span->busy, at);
  times.queued = Waiting::read(span->queued, wall);
  span->closed.store(true, std::memory_order_release);
  times.lost = times.elapsed >= AccountOps<true>::too_long ? LostReason::too_long
                                                           : why_lost(state, *span, crowded);
  if (!called)
    times.unwinding = is_unwinding(state, *span);
  else if (state.current == span)
    release(switch_current<Clock>(state, whose_handler(state, *span), at));
  release(span);
  return checked<Clock>(times);
}

template <class Clock>
LostReason OperationSpan<Clock>::why_lost(const ThreadState& state, const Span& span,
                                          bool crowded) const noexcept {
  if (!followed_) return LostReason::not_followed;
  const bool here = is_within(state.current, &span);
  if (!here) {
    if (state.nobody_known) return LostReason::in_a_queue;
    if (state.step) return LostReason::in_another_step;
    return in_step_of_another_clock<Clock>() ? LostReason::other_clock : LostReason::outside_a_step;
  }
  if (span.mixed.load(std::memory_order_acquire))
    return span.queued_unseen.load(std::memory_order_relaxed) ? LostReason::in_a_queue
                                                              : LostReason::mixed;
  if (crowded || span.crowded.load(std::memory_order_acquire)) return LostReason::crowded;
  // In a child process, any thread but this one stayed in the parent.
  if (span.forks != fork_count.load(std::memory_order_relaxed) &&
      (Ops::threads(span.busy) > 1 || Waiting::threads(span.queued) != 0))
    return LostReason::forked;
  return LostReason::none;
}

template <class Clock>
bool OperationSpan<Clock>::is_unwinding(const ThreadState& state, const Span& span) const noexcept {
  if (!is_within(state.current, &span)) return false;
  int before = exceptions_;
  if (!is_initiated_here(state, span))
    before = state.step ? std::max(state.step->exceptions_before(), 0) : 0;
  return uncaught_exceptions_here() > before;
}

/// Returns on whose behalf the handler runs (owned), in a step of the operation.
template <class Clock>
Span* OperationSpan<Clock>::whose_handler(const ThreadState& state,
                                          const Span& span) const noexcept {
  if (is_initiated_here(state, span)) return share(span.parent);
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
      break;
  }
  return share(span.parent);
}

// The default clock's instance is compiled into the library.
extern template class OperationSpan<std::chrono::steady_clock>;

}  // namespace perf_timer::inline v0_1::detail
