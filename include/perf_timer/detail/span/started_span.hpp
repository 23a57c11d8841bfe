//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/attributes.hpp>
#include <perf_timer/detail/platform/export.hpp>
#include <perf_timer/detail/recorder/run_times.hpp>
#include <perf_timer/detail/span/capture.hpp>
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

  /// Returns what its executors carry; nothing if the run isn't open.
  [[nodiscard]] Capture carried() const noexcept {
    return span_ ? Capture::of_run(*span_) : Capture();
  }

  // For traces.
  void trace_began(TracedTimer timer) const noexcept { trace_span_began<Clock>(span_, timer); }
  static void trace_ended(TracedTimer timer, const RunTimes& times, RunOutcome outcome) noexcept {
    trace_span_ended<Clock>(timer, times, outcome);
  }

 private:
  using Ops = AccountOps<is_shared_clock<Clock>>;
  using Waiting = AccountOps<is_shared_clock<wall_clock_of<Clock>>>;

  PERF_TIMER_NOINLINE void open(ListedRun timer) noexcept;
  [[nodiscard]] static LostReason why_lost(const ThreadState& state, const Span& span,
                                           bool crowded) noexcept;

  Span* span_ = nullptr;  // owned while open; null if there was no memory
  Ticks opened_ = 0;      // on the wall clock
};

template <class Clock>
void StartedSpan<Clock>::open(ListedRun timer) noexcept {
  span_ = make_span_here<Clock>();
  opened_ = wall_now<Clock>(now<Clock>());
  if (!span_) return;
  span_->open_idle(opened_);
  span_->started = true;
  span_->list(timer);
}

template <class Clock>
RunTimes StartedSpan<Clock>::close() noexcept {
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
  span->unlist();
  if (tracing()) [[unlikely]]
    trace_closing<Clock>(span, wall);
  if constexpr (!is_shared_clock<Clock>)
    static_cast<void>(switch_current<Clock>(state, state.current, at));
  const bool crowded =
      span->uncounted.load(std::memory_order_acquire) != 0;  // read before `queued`
  times.busy = Ops::read(span->busy, at);
  times.queued = Waiting::read(span->queued, wall);
  times.off_processor = off_processor<Clock>(*span, times.busy);
  span->closed.store(true, std::memory_order_release);
  times.lost = times.elapsed >= AccountOps<true>::too_long ? LostReason::too_long
                                                           : why_lost(state, *span, crowded);
  release(span);
  return checked<Clock>(times);
}

template <class Clock>
LostReason StartedSpan<Clock>::why_lost(const ThreadState& state, const Span& span,
                                        bool crowded) noexcept {
  if (span.mixed.load(std::memory_order_acquire))
    return span.queued_unseen.load(std::memory_order_relaxed) ? LostReason::in_a_queue
                                                              : LostReason::mixed;
  if (crowded || span.crowded.load(std::memory_order_acquire)) return LostReason::crowded;
  if (left_alone_by_fork<Clock>(span, is_within(state.current, &span) ? 1 : 0))
    return LostReason::forked;
  return LostReason::none;
}

// The default clock's instance is compiled into the library.
extern template class StartedSpan<std::chrono::steady_clock>;

}  // namespace perf_timer::inline v0_1::detail
