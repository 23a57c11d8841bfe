//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/attributes.hpp>
#include <perf_timer/detail/platform/uncaught_exceptions.hpp>
#include <perf_timer/detail/recorder/recorder.hpp>
#include <perf_timer/detail/span/open_run.hpp>
#include <perf_timer/detail/trace/hooks.hpp>

#include <cstdint>
#include <stdexcept>
#include <utility>

namespace perf_timer::inline v0_1::detail {

/// Records for a timer that one thread at a time uses.
class OneThread {
 public:
  explicit OneThread(Recorder& recorder) noexcept : recorder_(recorder) {}

  void begin() noexcept { recorder_.only_shard().begin(); }
  void end(const RunTimes& times) noexcept { recorder_.only_shard().end(times); }
  void fail() noexcept { recorder_.only_shard().fail(); }
  void cancel() noexcept { recorder_.only_shard().cancel(); }
  [[nodiscard]] TracedTimer timer() const noexcept {
    return static_cast<TracedTimer>(recorder_.serial());
  }

 private:
  Recorder& recorder_;
};

/// Records for a timer that any number of threads use.
class AnyThread {
 public:
  explicit AnyThread(Recorder& recorder) noexcept : recorder_(recorder) {}

  void begin() noexcept { recorder_.begin(); }
  void end(const RunTimes& times) noexcept { recorder_.end(times); }
  void fail() noexcept { recorder_.fail(); }
  void cancel() noexcept { recorder_.cancel(); }
  [[nodiscard]] TracedTimer timer() const noexcept {
    return static_cast<TracedTimer>(recorder_.serial());
  }

 private:
  Recorder& recorder_;
};

// For traces. Called from the hot path, so they are out of line and take nothing but values.
template <class Clock>
PERF_TIMER_COLD PERF_TIMER_NOINLINE void trace(TracedTimer timer, Ticks start) noexcept {
  trace_run_began<Clock>(start, {timer, false, nullptr});
}
template <class Clock>
PERF_TIMER_COLD PERF_TIMER_NOINLINE void trace(TracedTimer timer, Ticks start, Ticks elapsed,
                                               RunOutcome outcome) noexcept {
  const RunTimes times = checked<Clock>({elapsed, 0, elapsed, {}});
  trace_run_ended<Clock>(start, {timer, false, outcome, static_cast<std::uint8_t>(times.lost),
                                 nullptr, elapsed, 0, elapsed});
}

/// Measures the time from its construction to `close`, whatever happens in between.
template <class Clock>
class WallRun {
 public:
  explicit WallRun(bool enabled) noexcept
      : exceptions_(enabled ? uncaught_exceptions() : 0), start_(enabled ? now<Clock>() : 0) {}

  [[nodiscard]] RunTimes close() const noexcept {
    const Ticks elapsed = now<Clock>() - start_;
    return checked<Clock>({elapsed, 0, elapsed, {}, uncaught_exceptions() > exceptions_});
  }

  // For traces.
  static constexpr bool is_causal = false;
  void trace_began(TracedTimer timer) const noexcept { trace<Clock>(timer, start_); }
  void trace_ended(TracedTimer timer, const RunTimes& times, RunOutcome outcome) const noexcept {
    trace<Clock>(timer, start_, times.elapsed, outcome);
  }

 private:
  int exceptions_;
  Ticks start_;  // last, as it reads the clock
};

/// How `Run` works: a run that is timed by `Timing` and recorded in a `Target`.
template <class Timing, class Target>
class ScopeRun {
 public:
  /// The series that its timer keeps.
  static constexpr SeriesKept kept = Timing::is_causal ? SeriesKept::all : SeriesKept::elapsed_only;

  explicit ScopeRun(Recorder& recorder) noexcept : ScopeRun(recorder, recorder.enabled()) {}

  /// The other one has no run any more.
  ScopeRun(ScopeRun&& other) noexcept
      : target_(other.target_),
        state_(std::exchange(other.state_, State::over)),
        timing_(std::move(other.timing_)) {}
  ScopeRun& operator=(ScopeRun&&) = delete;

  ~ScopeRun() {
    if (state_ == State::open) {
      end();
    } else if constexpr (!Timing::is_causal) {
      if (state_ == State::open_and_traced) [[unlikely]]
        end_traced(target_, timing_);
    }
  }

  /// Ends the run here. Throws `std::logic_error` if it has ended before.
  void stop() {
    const State before = close();
    if (!is_open(before)) return;
    const auto times = timing_.close();
    if (is_traced(before)) [[unlikely]]
      timing_.trace_ended(target_.timer(), times, RunOutcome::measured);
    target_.end(times);
  }

  /// Ends the run here and forgets it. Throws `std::logic_error` if it has ended before.
  void cancel() {
    const State before = close();
    if (!is_open(before)) return;
    const auto times = timing_.close();
    if (is_traced(before)) [[unlikely]]
      timing_.trace_ended(target_.timer(), times, RunOutcome::cancelled);
    target_.cancel();
  }

 private:
  enum class State : unsigned char { open, open_and_traced, switched_off, over };

  [[nodiscard]] static bool is_open(State state) noexcept {
    return state == State::open || (!Timing::is_causal && state == State::open_and_traced);
  }
  /// Whether its end is to be traced. Ordinary code is short: of it only what began while it was,
  /// which saves those without a trace one look.
  [[nodiscard]] static bool is_traced(State state) noexcept {
    return Timing::is_causal ? tracing() : state == State::open_and_traced;
  }

  ScopeRun(Recorder& recorder, bool enabled) noexcept
      : target_(recorder),
        state_(enabled ? (target_.begin(), State::open) : State::switched_off),
        timing_(enabled) {
    if (enabled && tracing()) [[unlikely]] {
      if (!Timing::is_causal) state_ = State::open_and_traced;
      timing_.trace_began(target_.timer());
    }
  }

  void end() noexcept {
    const auto times = timing_.close();
    if (Timing::is_causal && tracing()) [[unlikely]]
      timing_.trace_ended(target_.timer(), times, outcome(times));
    end(target_, times);
  }
  // Out of line and with copies, so that without a trace nothing must be where it can be referred
  // to.
  PERF_TIMER_COLD PERF_TIMER_NOINLINE static void end_traced(Target target,
                                                             Timing timing) noexcept {
    const auto times = timing.close();
    timing.trace_ended(target.timer(), times, outcome(times));
    end(target, times);
  }
  static void end(Target target, const RunTimes& times) noexcept {
    if (outcome(times) == RunOutcome::failed) [[unlikely]]
      target.fail();
    else
      target.end(times);
  }

  /// What is destroyed while it is suspended is not left by the exception that destroys it.
  [[nodiscard]] static RunOutcome outcome(const RunTimes& times) noexcept {
    const bool failed = times.unwinding && times.lost != LostReason::outside_a_step &&
                        times.lost != LostReason::in_another_step;
    return failed ? RunOutcome::failed : RunOutcome::measured;
  }

  /// Returns what the run was until now.
  State close() {
    if (state_ == State::over)
      throw std::logic_error(
          "run: stopped or cancelled twice; each run ends once, begin another with measure()");
    return std::exchange(state_, State::over);
  }

  Target target_;
  State state_;
  Timing timing_;  // last, as it reads the clock
};

}  // namespace perf_timer::inline v0_1::detail
