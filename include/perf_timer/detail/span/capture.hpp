//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/attributes.hpp>
#include <perf_timer/detail/platform/export.hpp>
#include <perf_timer/detail/recorder/free_list.hpp>
#include <perf_timer/detail/span/queue_time.hpp>
#include <perf_timer/detail/span/step_base.hpp>
#include <perf_timer/detail/span/thread_state.hpp>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <new>
#include <utility>

namespace perf_timer::inline v0_1::detail {

/// A span, and the step in which an executor captured it. Rule 8 needs to know when, and since when
/// nobody knows on whose behalf that step's line of execution runs.
struct CapturedSpan : Recycled<CapturedSpan> {
  std::atomic<std::uint32_t> references{1};
  QueueTime at = QueueTime::now();
  Span* span = nullptr;  ///< owned; null if nobody is known, or if there was none
  StepId in = 0;
  QueueTime nobody_known_since{};
  bool through_a_run = false;  ///< by an executor of a started run, whose all its functions are
};

/// What an executor carries: nothing captured yet; the fact that there was no span, and in which
/// step; a span; or a started run, which was given to the executor. It is one word, because the
/// executor must fit where `any_io_executor` needn't allocate: what the copies of an
/// `any_io_executor` share has one address, and addresses tell executors apart. Copies of the first
/// two share nothing, if a word holds a step.
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
    if constexpr (sizeof(Word) == sizeof(StepId)) {
      capture.bits_ = static_cast<Word>(in << 2) | none;
    } else if (auto* const record = new (std::nothrow) CapturedSpan) {
      record->in = in;
      capture.bits_ = reinterpret_cast<Word>(record) | counted;
    } else {
      capture.bits_ = none;
    }
    return capture;
  }
  [[nodiscard]] static Capture of(Span& span, StepId in, QueueTime nobody_known = {}) noexcept {
    Capture capture;
    if (auto* const record = new (std::nothrow) CapturedSpan) {
      record->span = share(&span);
      record->in = in;
      record->nobody_known_since = nobody_known;
      capture.bits_ = reinterpret_cast<Word>(record) | counted;
      if (nobody_known) [[unlikely]]
        capture.bits_ |= special;
    } else {
      capture.bits_ = reinterpret_cast<Word>(share(&span)) | counted | bare;
    }
    return capture;
  }

  /// In a step of which nobody knows, since then, on whose behalf it runs.
  [[nodiscard]] static Capture nobody_known(StepId in, QueueTime since) noexcept {
    auto* const record = new (std::nothrow) CapturedSpan;
    if (!record) return no_span(in);
    record->in = in;
    record->nobody_known_since = since;
    Capture capture;
    capture.bits_ = reinterpret_cast<Word>(record) | counted | special;
    return capture;
  }

  /// What the executors of a started run carry. Nobody woke anything there, so it is in no step.
  [[nodiscard]] static Capture of_run(Span& span) noexcept {
    Capture capture = of(span, 0);
    capture.bits_ |= special;
    return capture;
  }

  [[nodiscard]] bool made() const noexcept { return (bits_ & (counted | none)) != 0; }
  [[nodiscard]] Span* span() const noexcept {
    if (!(bits_ & counted)) return nullptr;
    return bits_ & bare ? bare_span() : record()->span;
  }
  /// Returns whether it is of a started run, or was made where nobody was known.
  [[nodiscard]] bool is_special() const noexcept {
    return (bits_ & (counted | special)) == (counted | special);
  }
  [[nodiscard]] bool is_of_run() const noexcept { return is_special() && !nobody_known_since(); }
  /// Says that an executor of a started run made it, and returns it. Nobody else has it yet.
  [[nodiscard]] Capture&& through_a_run() && noexcept {
    if (has_record()) record()->through_a_run = true;
    return std::move(*this);
  }
  /// Says where the executor was told never to block, by a number that is unique, if nothing was
  /// captured. Copies were told so there, too.
  void told_never_to_block(StepId there) noexcept {
    if (!made()) bits_ = static_cast<Word>(there << 3) | special;
  }
  /// What a copy of the executor has in common with it. Two executors have it in common, too, if
  /// both have captured nothing, and it isn't known where they were told never to block. Only to be
  /// compared.
  [[nodiscard]] std::uintptr_t word() const noexcept { return bits_; }
  /// Returns whether everything that such an executor is given is a started run's.
  [[nodiscard]] bool is_through_a_run() const noexcept {
    return is_of_run() || (has_record() && record()->through_a_run);
  }
  /// Returns the record of what an executor captured in a step of somebody known; null of any other
  /// capture.
  [[nodiscard]] const CapturedSpan* ordinary() const noexcept {
    return (bits_ & (counted | bare | special)) == counted
               ? reinterpret_cast<const CapturedSpan*>(static_cast<std::uintptr_t>(bits_ - counted))
               : nullptr;
  }
  [[nodiscard]] StepId in() const noexcept {
    if (bits_ & counted) return bits_ & bare ? 0 : record()->in;
    return made() ? bits_ >> 2 : 0;
  }

  /// When it was made. What isn't known counts as long ago.
  [[nodiscard]] QueueTime at() const noexcept { return has_record() ? record()->at : QueueTime(); }
  /// Since when nobody knows on whose behalf the capturing line of execution runs, if so.
  [[nodiscard]] QueueTime nobody_known_since() const noexcept {
    return has_record() ? record()->nobody_known_since : QueueTime();
  }
  /// Tells captures apart that exist at the same time, nearly always. 0 if nothing was captured;
  /// else its two lowest bits are 1.
  [[nodiscard]] std::uint16_t number() const noexcept {
    if (!made()) return 0;
    // Neighbours differ: records in memory, and steps in their order. So do records at the same
    // place in the heaps of several threads, which begin at multiples of a power of two.
    const std::uint64_t line = bits_ & counted ? bits_ >> 6 : bits_ >> 2;
    return static_cast<std::uint16_t>((line + (line >> 14) * 0x9e5) << 2 | 1);
  }

 private:
  using Word = std::uintptr_t;

  // The rest of the word is the step. If `counted` is set, it is a pointer to a record or to a bare
  // span, and `special` tells what `is_special` does. If nothing was captured, `special` says that
  // the rest tells where the executor was told never to block.
  static constexpr Word counted = 1, none = 2, bare = 2, special = 4;

  template <class T>
  [[nodiscard]] T* pointer() const noexcept {
    return reinterpret_cast<T*>(static_cast<std::uintptr_t>(bits_ & ~(counted | bare | special)));
  }
  [[nodiscard]] bool has_record() const noexcept { return (bits_ & (counted | bare)) == counted; }
  [[nodiscard]] CapturedSpan* record() const noexcept { return pointer<CapturedSpan>(); }
  [[nodiscard]] Span* bare_span() const noexcept { return pointer<Span>(); }

  // Not inlined, because executors are copied everywhere, mostly outside of a run.
  PERF_TIMER_EXPORT void add_reference() const noexcept;
  PERF_TIMER_EXPORT void drop_reference() noexcept;

  Word bits_ = 0;
};

/// Returns the id of the thread's current step, or that of the stretch of a run on the stack; 0 for
/// neither.
[[nodiscard]] inline StepId stretch_id(ThreadState& state) noexcept {
  if (state.step) return state.step->id();
  if (!state.current) return 0;
  return state.stretch ? state.stretch : state.stretch = next_step_id();
}

/// Returns where a function is submitted through a capture: `stretch_id`, but outside of every step
/// and run, the id of the last capture `as_it_wakes`, if that was made there just before. It only
/// matters to a span.
[[nodiscard]] inline StepId submitting_stretch_id(ThreadState& state,
                                                  const Capture& capture) noexcept {
  if (state.step || state.current) return stretch_id(state);
  const StepId last = std::exchange(state.captured_outside, 0);
  return capture.span() && state.captured_outside_at == state.seen() ? last : 0;
}

/// Returns since when nobody knows on whose behalf the current step runs, if so.
[[nodiscard]] inline QueueTime nobody_known_since(const ThreadState& state) noexcept {
  return state.is(ThreadState::nobody_known) && state.step ? state.step->nobody_known_since()
                                                           : QueueTime();
}

/// Remembers which executor was asked for tracking, unless it is null. `plainly` says that no
/// `any_executor` around it asked.
inline void remember_asked(ThreadState& state, const Capture& capture, const void* asked,
                           bool plainly) noexcept {
  if (!asked) return;
  state.mode |= ThreadState::was_asked;
  state.asked_capture = capture.number();
  if (asked == state.questioned) state.asked_capture |= SubmissionFlags::of_an_erased_one;
  state.asked = asked;
  state.asked_plainly = plainly;
}

/// Returns what an executor bound to `task` (or to none) captures here and now (rules 4 and 6).
/// Outside of the task's own steps it is nothing: the function will find what is open in the task
/// when it starts. `asked` is the executor that was asked for tracking. `as_it_wakes` says that
/// executors may be asked only where something is woken.
template <class Clock, bool as_it_wakes = false>
[[nodiscard]] PERF_TIMER_NOINLINE PERF_TIMER_EXPORT Capture
capture_here(const Task* task, const void* asked = nullptr, bool plainly = false) noexcept {
  ThreadState& state = thread_state<Clock>();
  state.mode &= static_cast<ThreadState::Mode>(~ThreadState::was_asked);
  if (task && !(state.step && state.step->task() == task)) return {};
  StepId in = stretch_id(state);
  if constexpr (as_it_wakes) {
    if (in == 0) {
      in = state.captured_outside = next_step_id();
      state.captured_outside_at = state.seen();
    }
  }
  const QueueTime nobody_known = nobody_known_since(state);
  Capture capture;
  if (state.current) {
    settle<Clock>(state);
    capture = Capture::of(*state.current, in, nobody_known);
  } else if (nobody_known) {
    capture = Capture::nobody_known(in, nobody_known);
  } else {
    capture = Capture::no_span(in);
  }
  remember_asked(state, capture, asked, plainly);
  return capture;
}

/// Says that an executor which has captured already was asked for tracking.
template <class Clock>
PERF_TIMER_NOINLINE PERF_TIMER_EXPORT void captured_before(const Capture& capture,
                                                           const void* asked,
                                                           bool plainly = false) noexcept {
  remember_asked(thread_state<Clock>(), capture, asked, plainly);
}

/// Returns what an executor of a started run captures here and now: what is open inside the run and
/// executes here, else the run. From then on it is a capture like any other, so who wakes the
/// operation makes no difference. Where nothing executes that is known, it stays the run's, which a
/// span inside it wins over.
template <class Clock>
[[nodiscard]] PERF_TIMER_NOINLINE PERF_TIMER_EXPORT Capture
capture_inside_run(const Capture& run) noexcept {
  ThreadState& state = thread_state<Clock>();
  const StepId in = stretch_id(state);
  if (in == 0) return run;
  const QueueTime nobody_known = nobody_known_since(state);
  Span* const inside = is_within(state.current, run.span()) ? state.current : run.span();
  if (inside == state.current) settle<Clock>(state);
  return Capture::of(*inside, in, nobody_known).through_a_run();
}

// The default clock's instances are compiled into the library.
extern template Capture capture_here<std::chrono::steady_clock>(const Task*, const void*,
                                                                bool) noexcept;
extern template Capture capture_here<std::chrono::steady_clock, true>(const Task*, const void*,
                                                                      bool) noexcept;
extern template void captured_before<std::chrono::steady_clock>(const Capture&, const void*,
                                                                bool) noexcept;
extern template Capture capture_inside_run<std::chrono::steady_clock>(const Capture&) noexcept;

}  // namespace perf_timer::inline v0_1::detail
