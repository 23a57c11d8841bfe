//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/attributes.hpp>
#include <perf_timer/detail/platform/export.hpp>
#include <perf_timer/detail/recorder/run_times.hpp>
#include <perf_timer/detail/span/capture.hpp>
#include <perf_timer/detail/span/ending.hpp>
#include <perf_timer/detail/span/span_labels.hpp>
#include <perf_timer/detail/span/thread_state.hpp>
#include <perf_timer/detail/span/trace_span.hpp>

#include <chrono>
#include <utility>

namespace perf_timer::inline v0_1::detail {

/// An open causal run that is current nowhere. Executors that carry it execute on its behalf. It is
/// opened and closed anywhere: in any step, outside of all, on any thread. It has no parent: what
/// starts it isn't charged with what its executors execute.
template <class Clock>
class PERF_TIMER_EXPORT StartedSpan {
 public:
  /// A run of this timer. If there is none, the run is never open, and must not be closed.
  explicit StartedSpan(ListedRun timer) noexcept {
    if (timer != not_listed) open(timer);
  }
  StartedSpan(StartedSpan&& other) noexcept
      : span_(std::exchange(other.span_, nullptr)), opened_(other.opened_) {}
  /// This one must have been closed.
  StartedSpan& operator=(StartedSpan&& other) noexcept {
    span_ = std::exchange(other.span_, nullptr);
    opened_ = other.opened_;
    return *this;
  }
  ~StartedSpan() = default;

  [[nodiscard]] PERF_TIMER_NOINLINE RunTimes close() noexcept;
  /// What `close` says more; only if it says so.
  [[nodiscard]] const RunDetails& details() const noexcept { return details_; }

  void label(const RunLabel& label) { label_span(span_, label); }

  /// Returns what its executors carry; nothing if the run isn't open.
  [[nodiscard]] Capture carried() const noexcept {
    return span_ ? Capture::of_run(*span_) : Capture();
  }

  // For traces.
  void trace_began(TracedTimer timer) const noexcept {
    trace_span_began<Clock>(span_, timer, false);
  }
  static void trace_ended(TracedTimer timer, const RunTimes& times, RunOutcome outcome) noexcept {
    trace_span_ended<Clock>(timer, times, outcome);
  }

 private:
  PERF_TIMER_NOINLINE void open(ListedRun timer) noexcept;

  Span* span_ = nullptr;  // owned while open; null if there was no memory
  Ticks opened_ = 0;      // on the wall clock
  RunDetails details_;
};

template <class Clock>
void StartedSpan<Clock>::open(ListedRun timer) noexcept {
  span_ = make_span_here<Clock>();
  opened_ = wall_now<Clock>(now<Clock>());
  if (!span_) return;
  span_->open_idle(opened_);
  span_->started = true;
  if ((timer & to_be_sampled) != 0 && !is_processor_clock<Clock>) sample_cpu(*span_);
  span_->list(timer & ~to_be_sampled);
}

template <class Clock>
RunTimes StartedSpan<Clock>::close() noexcept {
  ThreadState& state = thread_state<Clock>();
  settle_offer(state);
  Span* const span = std::exchange(span_, nullptr);
  if (!span) [[unlikely]]
    return checked<Clock>(
        {.elapsed = wall_now<Clock>(now<Clock>()) - opened_, .lost = LostReason::no_memory});
  span->unlist();
  const AccountsBefore<Clock> before(*span);
  const Ticks at = now<Clock>(), wall = wall_now<Clock>(at);
  charge_current<Clock>(state, at);
  Ending<Clock> ending(state, *span, before, at, wall);
  ending.trace();
  ending.times.lost = ending.why_wrong(is_within(state.current, span) ? 1 : 0, details_);
  // What it gave to a strand may have executed in the queue in which it ends (rule 8).
  if (state.is(ThreadState::nobody_known) && span->queued_unseen.load(std::memory_order_relaxed))
    ending.times.lost = LostReason::in_a_queue;
  tell_labels(*span, ending.times, details_);
  release(span);
  return checked<Clock>(ending.times);
}

// The default clock's instance is compiled into the library.
extern template class StartedSpan<std::chrono::steady_clock>;

}  // namespace perf_timer::inline v0_1::detail
