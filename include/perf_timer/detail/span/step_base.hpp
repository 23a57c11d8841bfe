//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/export.hpp>
#include <perf_timer/detail/span/queue_time.hpp>
#include <perf_timer/detail/span/span.hpp>
#include <perf_timer/detail/span/task.hpp>
#include <perf_timer/detail/span/thread_state.hpp>
#include <perf_timer/detail/trace/events.hpp>

#include <cstdint>
#include <limits>

namespace perf_timer::inline v0_1::detail {

/// Stands for a time that nobody read; before all that were.
inline constexpr Ticks no_reading = std::numeric_limits<Ticks>::min();

/// Identifies one step of the program; 0 is none.
using StepId = std::uint64_t;

[[nodiscard]] PERF_TIMER_EXPORT StepId next_step_id() noexcept;

/// How a function was submitted, see `Submission`, and how it started. It is one number, because it
/// moves with the function, and a value written in parts is slow to read as a whole.
class SubmissionFlags {
 public:
  enum Flag : std::uint64_t {
    was_captured = 1,  ///< on behalf of what its executor had captured
    from_outside = 2,  ///< from outside its task; the span is found at the start
    unwinding = ThreadState::may_destroy,  ///< while an exception was in flight
    uncounted = 8,                         ///< its waiting isn't in the accounts yet
    of_a_run = uncounted,  ///< with `nobody_known`: it is a strand of a started run's executor
    layer = 16,            ///< it is a step of an instrumented executor above
    nobody_known = ThreadState::nobody_known
  };
  [[nodiscard]] bool has(std::uint64_t any) const noexcept { return (bits_ & any) != 0; }
  void set(Flag flag) noexcept { bits_ |= flag; }
  void clear(Flag flag) noexcept { bits_ &= ~std::uint64_t{flag}; }

  /// How many exceptions were in flight when it started, at most two; -1 if that isn't known. Set
  /// at most once.
  [[nodiscard]] int exceptions() const noexcept {
    return static_cast<int>((bits_ >> exceptions_shift) & 3) - 1;
  }
  void set_exceptions(int n) noexcept {
    bits_ |= (n == 0 ? std::uint64_t{1} : n == 1 ? 2 : 3) << exceptions_shift;
  }

  /// The number of the capture that a strand would submit its queue through, if a strand submitted
  /// the function; else 0.
  [[nodiscard]] std::uint16_t queue() const noexcept {
    return static_cast<std::uint16_t>(bits_ >> 8 & ~std::uint64_t{of_an_erased_one});
  }
  /// Set at most once. `of_an_erased_one` is added to the number if the strand's type is erased.
  void set_queue(std::uint16_t capture) noexcept { bits_ |= std::uint64_t{capture} << 8; }
  static constexpr std::uint16_t of_an_erased_one = 2;

  /// Returns whether a strand submitted it whose type is erased.
  [[nodiscard]] bool is_of_an_erased_strand() const noexcept {
    return (bits_ >> 8 & of_an_erased_one) != 0;
  }

  /// The thread's mode while it executes. A capture's number is odd, so its lowest bit tells
  /// whether there is a queue; the next one is `of_an_erased_one`.
  [[nodiscard]] ThreadState::Mode mode() const noexcept {
    return static_cast<ThreadState::Mode>(
        bits_ & (ThreadState::may_destroy | ThreadState::nobody_known | ThreadState::of_a_strand));
  }

  /// Since when nobody is known; none for a strand's queue itself, until it ends. Set at most once,
  /// with `nobody_known`.
  [[nodiscard]] QueueTime nobody_known_since() const noexcept {
    return QueueTime(static_cast<std::uint32_t>(bits_ >> 24));
  }
  void set_nobody_known(QueueTime since) noexcept {
    bits_ |= nobody_known | std::uint64_t{since.number()} << 24;
  }

  /// The thread that submitted it, if that was traced. Set at most once.
  [[nodiscard]] TraceThread by() const noexcept { return static_cast<TraceThread>(bits_ >> 48); }
  void set_by(TraceThread thread) noexcept { bits_ |= std::uint64_t{thread} << 48; }

 private:
  static constexpr int exceptions_shift = 6;

  std::uint64_t bits_ = 0;
};

/// What steps of all clocks have in common: how the function was submitted, and what to restore.
class StepBase {
 public:
  StepBase(const StepBase&) = delete;
  StepBase& operator=(const StepBase&) = delete;

  /// Assigned on first use, because most steps neither capture nor submit through a capture.
  [[nodiscard]] StepId id() noexcept { return id_ ? id_ : id_ = next_step_id(); }

  /// The task that the function's executor is bound to; null if none.
  [[nodiscard]] Task* task() const noexcept { return task_; }

  /// Returns whether this step's own span was captured, and its function was submitted in `step`.
  /// Then a capture made in `step` came too late to say on whose behalf an inline function runs
  /// (rule 5).
  [[nodiscard]] bool was_captured_and_submitted_in(StepId step) const noexcept {
    return submission_.has(SubmissionFlags::was_captured) && step != 0 && step == submitted_in_;
  }

  /// The number of the capture through which a strand submits its queue from inside this step; 0 if
  /// no strand does.
  [[nodiscard]] std::uint16_t queue() const noexcept { return submission_.queue(); }

  /// Returns whether this step, or one around it, is of a function that a strand submitted.
  [[nodiscard]] bool is_inside_a_strand() const noexcept {
    for (const StepBase* s = this; s; s = s->outer_)
      if (s->queue() != 0) return true;
    return false;
  }
  /// Returns whether its function found an erased strand idle.
  [[nodiscard]] bool found_an_erased_strand_idle() const noexcept {
    return submission_.is_of_an_erased_strand();
  }

  /// Returns whether its function is a strand's queue: what is current here stays so while other
  /// functions execute.
  [[nodiscard]] bool is_a_queue() const noexcept {
    return submission_.has(SubmissionFlags::nobody_known) && !submission_.nobody_known_since();
  }

  /// Returns whether a strand of a started run's executor executes its functions in it.
  [[nodiscard]] bool is_a_strand_of_a_run() const noexcept {
    return is_a_queue() && submission_.has(SubmissionFlags::of_a_run);
  }

  /// If nobody knows on whose behalf it runs, returns since when. Of a strand's queue, that is
  /// since just now, as the next of its functions may be anybody's.
  [[nodiscard]] QueueTime nobody_known_since() const noexcept {
    if (!submission_.has(SubmissionFlags::nobody_known)) return {};
    const QueueTime since = submission_.nobody_known_since();
    return since ? since : QueueTime::next();
  }

  /// Says that nobody knows, since then, on whose behalf it executes what comes.
  void nobody_known(QueueTime since) noexcept {
    if (!submission_.has(SubmissionFlags::nobody_known)) submission_.set_nobody_known(since);
  }

  /// What has the timers of which it is a run; null if it is a run of none. It lives as long as the
  /// step.
  [[nodiscard]] const Binding* timers() const noexcept { return timers_; }

  /// Returns whether it is a run of its own, so that its own time is measured.
  [[nodiscard]] bool is_timed() const noexcept { return timers_ != nullptr; }

  /// Returns whether this step is of an executor below that of the step which executes inside it.
  [[nodiscard]] bool is_layer() const noexcept { return submission_.has(SubmissionFlags::layer); }

  /// The step around it, or null.
  [[nodiscard]] const StepBase* outer() const noexcept { return outer_; }

  /// The last reading of the wall clock for this step: when it began, or has ended. None if nobody
  /// needed it.
  [[nodiscard]] Ticks last_reading() const noexcept { return read_; }

  /// The thread's current span when it began.
  [[nodiscard]] Span* span_before() const noexcept { return saved_; }

  /// Returns whether its function was submitted while an exception was in flight; see `Submission`.
  [[nodiscard]] bool may_destroy() const noexcept {
    return submission_.has(SubmissionFlags::unwinding);
  }

  /// How many exceptions were in flight when it began. They are of whoever polls the context, in a
  /// destructor. None of them leaves a coroutine that this step resumes. -1 if that isn't known: of
  /// a step that began on nobody's behalf. What is current in it was opened in it.
  [[nodiscard]] int exceptions_before() const noexcept { return submission_.exceptions(); }

 protected:
  StepBase(Task* task, StepId submitted_in, SubmissionFlags submission,
           const Binding* timers) noexcept
      : task_(task), submitted_in_(submitted_in), submission_(submission), timers_(timers) {}
  ~StepBase() = default;

  /// Returns those of the innermost step around it that has any; null if none has.
  [[nodiscard]] const Binding* timers_around() const noexcept {
    const StepBase* s = outer_;
    while (s && !s->is_timed()) s = s->outer_;
    return s ? s->timers_ : nullptr;
  }

  /// Returns the innermost step that isn't a layer, which is a step of an executor below the one
  /// whose function is starting.
  [[nodiscard]] static StepBase* above_layers(StepBase* step) noexcept {
    while (step && step->is_layer()) step = step->outer_;
    return step;
  }

  // While this step executes, the own time of steps around it stands still: that of the next outer
  // step, and that of the steps which execute the same function as that one, for executors below.
  // Steps that execute the same function as this one go on.
  [[nodiscard]] bool stops_another() const noexcept {
    for (const StepBase* s = next_to_stop(); s; s = s->same_function())
      if (s->is_timed()) return true;
    return false;
  }
  template <class Clock>
  void stop_others(Ticks at, Ticks wall) const noexcept {
    for (StepBase* s = next_to_stop(); s; s = s->same_function())
      if (s->is_timed()) s->template stop_own<Clock>(at, wall);
  }
  template <class Clock>
  void let_others_go_on(Ticks at, Ticks wall) const noexcept {
    for (StepBase* s = next_to_stop(); s; s = s->same_function())
      if (s->is_timed()) s->template start_own<Clock>(at, wall);
  }
  /// `wall` is the wall clock's reading that goes with `at`.
  template <class Clock>
  void start_own(Ticks at, Ticks wall) noexcept {
    own_since_ = at;
    if constexpr (is_processor_clock<Clock>) own_wall_since_ = wall;
  }
  template <class Clock>
  void stop_own(Ticks at, Ticks wall) noexcept {
    own_ += at - own_since_;
    if constexpr (is_processor_clock<Clock>) own_wall_ += wall - own_wall_since_;
  }
  [[nodiscard]] StepBase* next_to_stop() const noexcept {
    return outer_ && outer_->is_layer() ? nullptr : outer_;
  }
  [[nodiscard]] StepBase* same_function() const noexcept {
    return outer_ && outer_->is_layer() ? outer_ : nullptr;
  }

  Task* const task_;  // the function's executor keeps it alive
  const StepId submitted_in_;
  StepId id_ = 0;
  SubmissionFlags submission_;

  StepBase* outer_ = nullptr;
  Span* saved_ = nullptr;        // owned; the thread's current span when the step began
  const Binding* const timers_;  // not beside `outer_`, which g++ would store with it, and slower
  Ticks read_ = no_reading;
  // For a timed step: time executed in this step and in no inner one, up to own_since_.
  Ticks own_, own_since_;
  Ticks own_wall_, own_wall_since_;  // the same on the wall clock; only for a processor clock

  template <class Clock>
  friend class Step;
  friend class HandlerStep;
  template <class Clock>
  friend class Submission;
};

}  // namespace perf_timer::inline v0_1::detail
