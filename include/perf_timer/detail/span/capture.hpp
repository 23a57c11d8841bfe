//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/attributes.hpp>
#include <perf_timer/detail/platform/export.hpp>
#include <perf_timer/detail/span/step_base.hpp>
#include <perf_timer/detail/span/thread_state.hpp>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <new>
#include <utility>

namespace perf_timer::inline v0_1::detail {

/// A span, and the step in which an executor captured it.
struct CapturedSpan : Recycled<CapturedSpan> {
  std::atomic<std::uint32_t> references{1};
  Span* span = nullptr;  ///< owned, not null
  StepId in = 0;
};

/// What an executor carries: nothing captured yet; the fact that there was no span, and in which
/// step; a span; or a started run, which was given to the executor. It is one word, because the
/// executor must fit where `any_io_executor` needn't allocate. Copies of the first two share
/// nothing.
///
/// Asio captures where nothing may throw. If there is no memory for the step, only the span is
/// kept. A late capture (rule 5) then isn't seen as such, but rule 7 flags it.
class Capture {
 public:
  Capture() noexcept = default;
  Capture(const Capture& other) noexcept : bits_(other.bits_) {
    if (bits_ & counted) add_reference();
  }
  Capture(Capture&& other) noexcept : bits_(std::exchange(other.bits_, 0)) {}
  Capture& operator=(Capture other) noexcept {
    std::swap(bits_, other.bits_);
    return *this;
  }
  ~Capture() {
    if (bits_ & counted) drop_reference();
  }

  [[nodiscard]] static Capture no_span(StepId in) noexcept {
    Capture capture;
    capture.bits_ = (in << 2) | none;
    return capture;
  }
  [[nodiscard]] static Capture of(Span& span, StepId in) noexcept {
    Capture capture;
    if (auto* const record = new (std::nothrow) CapturedSpan) {
      record->span = share(&span);
      record->in = in;
      capture.bits_ = reinterpret_cast<std::uintptr_t>(record) | counted;
    } else {
      capture.bits_ = reinterpret_cast<std::uintptr_t>(share(&span)) | counted | bare;
    }
    return capture;
  }

  /// What the executors of a started run carry. Nobody woke anything there, so it is in no step.
  [[nodiscard]] static Capture of_run(Span& span) noexcept {
    Capture capture = of(span, 0);
    capture.bits_ |= run;
    return capture;
  }

  [[nodiscard]] bool made() const noexcept { return bits_ != 0; }
  [[nodiscard]] Span* span() const noexcept {
    if (!(bits_ & counted)) return nullptr;
    return bits_ & bare ? bare_span() : record()->span;
  }
  [[nodiscard]] bool is_of_run() const noexcept {
    return (bits_ & (counted | run)) == (counted | run);
  }
  [[nodiscard]] StepId in() const noexcept {
    if (bits_ & counted) return bits_ & bare ? 0 : record()->in;
    return bits_ >> 2;
  }

 private:
  // The rest of the word is the step. If `counted` is set, it is a pointer to a record or to a bare
  // span, and `run` says that it was given to the executor.
  static constexpr std::uint64_t counted = 1, none = 2, bare = 2, run = 4;

  template <class T>
  [[nodiscard]] T* pointer() const noexcept {
    return reinterpret_cast<T*>(static_cast<std::uintptr_t>(bits_ & ~(counted | bare | run)));
  }
  [[nodiscard]] CapturedSpan* record() const noexcept { return pointer<CapturedSpan>(); }
  [[nodiscard]] Span* bare_span() const noexcept { return pointer<Span>(); }

  // Not inlined, because executors are copied everywhere, mostly outside of a run.
  PERF_TIMER_EXPORT void add_reference() const noexcept;
  PERF_TIMER_EXPORT void drop_reference() noexcept;

  std::uint64_t bits_ = 0;
};

/// Returns the id of the thread's current step, or that of the stretch of a run on the stack; 0 for
/// neither.
[[nodiscard]] inline StepId stretch_id(ThreadState& state) noexcept {
  if (state.step) return state.step->id();
  if (!state.current) return 0;
  return state.stretch ? state.stretch : state.stretch = next_step_id();
}

/// Returns what an executor bound to `task` (or to none) captures here and now (rules 4 and 6).
/// Outside of the task's own steps it is nothing: the function will find what is open in the task
/// when it starts.
template <class Clock>
[[nodiscard]] PERF_TIMER_NOINLINE PERF_TIMER_EXPORT Capture
capture_here(const Task* task) noexcept {
  ThreadState& state = thread_state<Clock>();
  if (task && !(state.step && state.step->task() == task)) return {};
  const StepId in = stretch_id(state);
  if (!state.current) return Capture::no_span(in);
  settle<Clock>(state);
  return Capture::of(*state.current, in);
}

/// Returns what an executor of a started run captures here and now: what is open inside the run and
/// executes here, else the run.
template <class Clock>
[[nodiscard]] PERF_TIMER_NOINLINE PERF_TIMER_EXPORT Capture
capture_inside_run(const Capture& run) noexcept {
  ThreadState& state = thread_state<Clock>();
  if (state.current == run.span() || !is_within(state.current, run.span())) return run;
  settle<Clock>(state);
  return Capture::of(*state.current, stretch_id(state));
}

// The default clock's instances are compiled into the library.
extern template Capture capture_here<std::chrono::steady_clock>(const Task*) noexcept;
extern template Capture capture_inside_run<std::chrono::steady_clock>(const Capture&) noexcept;

}  // namespace perf_timer::inline v0_1::detail
