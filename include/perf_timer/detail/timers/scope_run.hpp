//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/clock/processor_time.hpp>
#include <perf_timer/detail/platform/attributes.hpp>
#include <perf_timer/detail/platform/export.hpp>
#include <perf_timer/detail/recorder/observer_states.hpp>
#include <perf_timer/detail/recorder/recorder.hpp>
#include <perf_timer/detail/span/end_run.hpp>
#include <perf_timer/detail/timers/checked_label.hpp>
#include <perf_timer/detail/trace/hooks.hpp>

#include <stdexcept>
#include <string_view>
#include <utility>

namespace perf_timer::inline v0_1::detail {

/// The processor time of runs of this kind.
template <class Timing>
struct CpuSampleOfRun {
  using type = NoCpuSample;
};
template <class Timing>
  requires requires { typename Timing::Cpu; }
struct CpuSampleOfRun<Timing> {
  using type = typename Timing::Cpu;
};

/// Implements `Run`: `Timing` times the run, and `Target` records it.
template <class Timing, class Target>
class PERF_TIMER_EXPORT ScopeRun {
 public:
  /// The series that its timer keeps.
  static constexpr SeriesKept kept = Timing::is_causal ? SeriesKept::all : SeriesKept::elapsed_only;

  explicit ScopeRun(Recorder& recorder) noexcept
    requires(!Timing::is_causal)
      : ScopeRun(recorder, recorder.enabled()) {}
  explicit ScopeRun(Recorder& recorder) noexcept
    requires(Timing::is_causal)
      : target_(recorder), state_(State::switched_off), cpu_(false), timing_(TracedTimer{0}) {
    if (recorder.is_plainly_enabled()) [[likely]]
      open(target_.timer());
    else if (recorder.enabled())
      open(Timing::to_open(recorder));
  }

  ScopeRun(const ScopeRun&) = delete;
  ScopeRun& operator=(const ScopeRun&) = delete;

  ~ScopeRun() {
    if (state_ == State::open) {
      end();
    } else if constexpr (!Timing::is_causal) {
      if (is_open(state_)) [[unlikely]]
        end_specially(target_, timing_, state_);
    }
  }

  /// Ends the run here. Throws `std::logic_error` if it has ended before.
  void stop() {
    const State before = close();
    if (!is_open(before)) return;
    const auto times = with_labels(before, told(timing_.close()));
    if (is_traced(before)) [[unlikely]]
      timing_.trace_ended(target_.timer(), times, outcome_if_left(times));
    sample_cpu(times);
    record(target_, times, timing_);
  }

  /// Labels the run. Throws `std::logic_error` if it has ended, and what `CheckedLabel` and
  /// `RunLabels::set` throw.
  void label(std::string_view name, std::string_view value) {
    const CheckedLabel label(name, value);
    if (state_ == State::over) refuse_label_of_ended_run();
    if (!is_open(state_)) return;
    timing_.label(label);
    if (!Timing::is_causal) state_ = is_traced(state_) ? State::both : State::open_and_labelled;
  }

  /// Ends the run, if it is open, where the function that it measures returns or throws.
  void leave() noexcept {
    if (!is_open(state_)) return;
    const bool traced = is_traced(std::exchange(state_, State::over));
    const auto times = told(timing_.close());
    if (traced) [[unlikely]]
      timing_.trace_ended(target_.timer(), times,
                          times.unwinding ? RunOutcome::failed : outcome_if_left(times));
    if (times.unwinding) [[unlikely]]
      return fail_run(target_, times, timing_.details());
    sample_cpu(times);
    record(target_, times, timing_);
  }

  /// Ends the run here and forgets it. Throws `std::logic_error` if it has ended before.
  void cancel() {
    const State before = close();
    if (!is_open(before)) return;
    const auto times = with_labels(before, timing_.close());
    if (is_traced(before)) [[unlikely]]
      timing_.trace_ended(target_.timer(), times, RunOutcome::cancelled);
    drop_labels(times, timing_.details());
    target_.cancel();
  }

 private:
  /// Open runs come first. Only of ordinary code are they told apart.
  enum class State : unsigned char {
    open,
    open_and_traced,
    open_and_labelled,
    both,
    switched_off,
    over
  };

  [[nodiscard]] static bool is_open(State state) noexcept {
    return Timing::is_causal ? state == State::open : state < State::switched_off;
  }
  /// Returns whether the end of the run is traced. Ordinary code is short, so its end is traced
  /// only if its beginning was. That saves an untraced run a second look at the switch.
  [[nodiscard]] static bool is_traced(State state) noexcept {
    return Timing::is_causal ? tracing() : state == State::open_and_traced || state == State::both;
  }
  /// Returns what is told of a run that was in this state. A causal run tells by itself. That of
  /// ordinary code doesn't look, which saves one without labels the look.
  [[nodiscard]] static RunTimes with_labels(State state, RunTimes times) noexcept {
    const bool labelled = state == State::open_and_labelled || state == State::both;
    if (!Timing::is_causal && labelled) times.more = Told::labels;
    return times;
  }

  ScopeRun(Recorder& recorder, bool enabled) noexcept
      : target_(recorder),
        state_(enabled ? (target_.begin(), State::open) : State::switched_off),
        cpu_(enabled && target_.samples_cpu() && !tracing()),
        timing_(enabled) {
    if (enabled && tracing()) [[unlikely]] {
      state_ = State::open_and_traced;
      timing_.trace_began(target_.timer());
    }
  }

  void open(TracedTimer run) noexcept {
    target_.begin();
    state_ = State::open;
    timing_.open(run);
    if (tracing()) [[unlikely]]
      timing_.trace_began(target_.timer());
  }

  void end() noexcept {
    const auto times = timing_.close();
    if (Timing::is_causal && tracing()) [[unlikely]]
      timing_.trace_ended(target_.timer(), times, outcome(times));
    if (outcome(times) == RunOutcome::measured) sample_cpu(times);
    end(target_, times, timing_);
  }
  // Out of line and by value, so that a plain run needn't be in memory.
  PERF_TIMER_COLD PERF_TIMER_NOINLINE static void end_specially(Target target, Timing timing,
                                                                State state) noexcept {
    const auto times = with_labels(state, timing.close());
    if (is_traced(state)) timing.trace_ended(target.timer(), times, outcome(times));
    end(target, times, timing);
  }
  static void end(Target target, const RunTimes& times, const Timing& timing) noexcept {
    if (outcome(times) == RunOutcome::failed) [[unlikely]]
      fail_run(target, times, timing.details());
    else
      record(target, times, timing);
  }

  /// An exception that destroys a suspended run didn't leave it, so the run hasn't failed.
  [[nodiscard]] static RunOutcome outcome(const RunTimes& times) noexcept {
    const bool failed = times.unwinding && times.lost != LostReason::outside_a_step &&
                        times.lost != LostReason::in_another_step;
    return failed ? RunOutcome::failed : RunOutcome::measured;
  }

  [[nodiscard]] static RunOutcome outcome_if_left(const RunTimes& times) noexcept {
    return times.partial ? RunOutcome::partial : RunOutcome::measured;
  }

  static void record(Target& target, const RunTimes& times, const Timing& timing) noexcept {
    if constexpr (Timing::is_causal) return end_run(target, times, timing.details());
    if (times.more != Told::times) [[unlikely]]
      record_what_is_rare(target, times, timing.details());
    target.end(times);
  }

  /// Ends the run, and returns its state until now.
  State close() {
    if (state_ == State::over)
      throw std::logic_error(
          "run: stopped or cancelled twice; each run ends once, begin another with measure()");
    return std::exchange(state_, State::over);
  }

  /// Records the processor time of the run that has ended, if it was measured.
  void sample_cpu(const RunTimes& times) noexcept {
    if (cpu_.is_taken()) [[unlikely]]
      if (times.lost == LostReason::none) target_.add_cpu(times.busy, cpu_.end());
  }

  Target target_;
  State state_;
  [[no_unique_address]] typename CpuSampleOfRun<Timing>::type cpu_;
  Timing timing_;  // last, because it reads the clock
};

}  // namespace perf_timer::inline v0_1::detail
