//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include "thread_trace.hpp"

#include <perf_timer/detail/platform/thread_end.hpp>
#include <perf_timer/detail/trace/slow_events.hpp>
#include <perf_timer/detail/trace/untraced.hpp>

#include <atomic>
#include <utility>

namespace perf_timer::inline v0_1::detail {

PERF_TIMER_INITIAL_EXEC constinit thread_local ThreadTrace ThreadTrace::this_thread_;

void ThreadTrace::give_back(void*) noexcept {
  ThreadTrace& mine = this_thread_;
  mine.closed_ = true;
  if (Chunk* const chunk = std::exchange(mine.chunk_, nullptr))
    TraceBuffer::instance().give_back(*chunk);
}

TraceThread ThreadTrace::number() noexcept {
  static constinit std::atomic<TraceThread> last{0};
  ThreadTrace& mine = this_thread_;
  while (mine.number_ == 0) mine.number_ = ++last;  // starts again when all numbers are used
  return mine.number_;
}

bool ThreadTrace::take_another(TraceBuffer& buffer) noexcept {
  if (closed_ || !at_thread_end<give_back>(nullptr)) return false;
  Chunk* const another = buffer.exchange(chunk_, records_for_, number(), place_++);
  if (!another) return false;  // the skipped place marks the gap
  chunk_ = another;
  chunk_is_of_ = records_for_;
  return true;
}

bool ThreadTrace::traced(const void* timeline) noexcept {
  if (this_thread_.hidden_) return false;
  const auto trace = TraceBuffer::instance().recording(timeline);
  if (trace) this_thread_.records_for_ = *trace;
  return trace.has_value();
}

void ThreadTrace::append(const Event& event) noexcept {
  TraceBuffer& buffer = TraceBuffer::instance();
  // Relaxed: the chunk is this thread's, and only it writes the size.
  const bool usable = chunk_ && chunk_is_of_ == records_for_ &&
                      chunk_->size.load(std::memory_order_relaxed) < Chunk::capacity;
  if (!usable && !take_another(buffer)) {
    buffer.drop(records_for_, event);
    return;
  }
  const std::uint32_t size = chunk_->size.load(std::memory_order_relaxed);
  chunk_->events[size] = event;
  chunk_->size.store(size + 1, std::memory_order_release);
}

void ThreadTrace::remember(const Closing& closing) noexcept {
  ThreadTrace& mine = this_thread_;
  mine.closing_ = closing;
  mine.closing_in_ = mine.records_for_;
}

Closing ThreadTrace::last_closing() noexcept {
  ThreadTrace& mine = this_thread_;
  const Closing closing = std::exchange(mine.closing_, {});
  return mine.closing_in_ == mine.records_for_ ? closing : Closing{};
}

void ThreadTrace::began(const OpenSteps::Step& step) noexcept {
  if (!slow_events.wanted()) return;
  ThreadTrace& mine = this_thread_;
  if (mine.steps_in_ != mine.records_for_) {
    mine.steps_.clear();
    mine.steps_in_ = mine.records_for_;
    mine.last_slow_began_ = step.begin - 1;
  }
  mine.steps_.begin(step);
}

void ThreadTrace::step_ended(Ticks at, const void* step) noexcept {
  if (!slow_events.wanted()) return;
  ThreadTrace& mine = this_thread_;
  const auto begun = mine.steps_.end(step);
  if (!begun || !slow_events.is_slow(at - begun->begin) || mine.steps_in_ != mine.records_for_)
    return;
  // A slow step inside a handler says more than the handler.
  if (begun->operation && mine.last_slow_began_ >= begun->begin) return;
  mine.last_slow_began_ = begun->begin;
  slow_events.tell({.of = begun->operation ? SlowEvent::Of::handler : SlowEvent::Of::step,
                    .timer = begun->timer,
                    .operation = begun->operation.value_or(TracedOperation{0}),
                    .thread = number(),
                    .trace = mine.records_for_,
                    .begin = begun->begin,
                    .end = at});
}

void ThreadTrace::function_ended(Ticks at, const FunctionEnded& function) noexcept {
  if (slow_events.is_slow(function.elapsed))
    slow_events.tell({.of = SlowEvent::Of::function,
                      .timer = function.timer,
                      .thread = number(),
                      .trace = this_thread_.records_for_,
                      .begin = at - function.elapsed,
                      .end = at});
}

void ThreadTrace::run_ended(Ticks opened, const RunEnded& run) noexcept {
  if (slow_events.is_slow(run.elapsed) && run.outcome != RunOutcome::cancelled)
    slow_events.tell({.of = SlowEvent::Of::run,
                      .timer = run.timer,
                      .thread = number(),
                      .trace = this_thread_.records_for_,
                      .begin = opened,
                      .end = opened + run.elapsed});
}

Untraced::Untraced() noexcept : before_(ThreadTrace::hide(true)) {}
Untraced::~Untraced() { static_cast<void>(ThreadTrace::hide(before_)); }

TraceThread trace_thread() noexcept { return ThreadTrace::number(); }

bool traced(const void* timeline) noexcept { return ThreadTrace::traced(timeline); }

// Slow events are told when they are recorded: whoever is told finds them in the trace.
void record(Ticks time, const StepBegan& event) noexcept {
  ThreadTrace::record({time, event});
  ThreadTrace::began({event.step, time, event.timer});
}
void record(Ticks time, const StepEnded& event) noexcept {
  ThreadTrace::record({time, event});
  ThreadTrace::step_ended(time, event.step);
}
void record(Ticks time, const FunctionEnded& event) noexcept {
  ThreadTrace::record({time, event});
  ThreadTrace::function_ended(time, event);
}
void record(Ticks time, const RunBegan& event) noexcept { ThreadTrace::record({time, event}); }
void record(Ticks time, const RunGoesOn& event) noexcept { ThreadTrace::record({time, event}); }
void record(Ticks time, const RunEnded& event) noexcept {
  ThreadTrace::record({time, event});
  ThreadTrace::run_ended(time, event);
}

void record(Ticks time, const HandlerBegan& event) noexcept {
  ThreadTrace::record({time, event});
  ThreadTrace::began({event.handler, time, 0, event.operation});
}
void record(Ticks time, const HandlerEnded& event) noexcept {
  ThreadTrace::record({time, event});
  ThreadTrace::step_ended(time, event.handler);
}

void remember(const Closing& closing) noexcept { ThreadTrace::remember(closing); }

Closing last_closing() noexcept { return ThreadTrace::last_closing(); }

}  // namespace perf_timer::inline v0_1::detail
