//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/recorder/recorder.hpp>
#include <perf_timer/detail/span/end_run.hpp>
#include <perf_timer/detail/span/run_to_open.hpp>
#include <perf_timer/detail/span/started_span.hpp>
#include <perf_timer/detail/timers/checked_label.hpp>
#include <perf_timer/detail/trace/events.hpp>
#include <perf_timer/timer_clock.hpp>
#include <perf_timer/trace.hpp>

#include <stdexcept>
#include <string_view>
#include <utility>

namespace perf_timer::inline v0_1 {

template <TimerClock Clock>
class BasicAsioPerfTimer;

/// One run that is no scope: it begins in one place and ends in another. Keep it in the object that
/// it is about, such as a connection or a request. `AsioPerfTimer::start` returns it.
///
///     struct session {
///       perf_timer::AsioPerfTimer::StartedRun run = connection_timer.start();
///       tcp::socket socket{run.wrap(context)};
///     };
///
/// Its busy time is what its own executors execute, and what is submitted there in turn. The
/// function that starts it goes on on behalf of its own run, which has no part in this one.
///
/// It ends once: by `stop`, `fail`, `cancel`, or when it is destroyed, which stops it, even if an
/// exception destroys it. Any step and any thread may end it. Its elapsed time is always known. It
/// may outlive its timer. A run of a timer that is switched off measures nothing.
///
/// Thread safety: one thread at a time.
template <TimerClock Clock>
class [[nodiscard("a run that is destroyed at once has no time: keep it")]] StartedRun {
 public:
  /// The other one has no run any more.
  StartedRun(StartedRun&& other) noexcept
      : recorder_(other.recorder_),
        state_(std::exchange(other.state_, State::over)),
        span_(std::move(other.span_)) {}

  /// Stops this run, unless it has ended, and takes over the other one.
  StartedRun& operator=(StartedRun&& other) noexcept {
    if (this == &other) return *this;
    if (state_ == State::open) end(Ended::stopped);
    recorder_ = other.recorder_;
    state_ = std::exchange(other.state_, State::over);
    span_ = std::move(other.span_);
    return *this;
  }

  ~StartedRun() {
    if (state_ == State::open) end(Ended::stopped);
  }

  /// Returns a `PerfExecutor` that executes on behalf of this run, whoever submits. Give it to the
  /// sockets, the timers and the strands of what is measured. If another run is open inside this
  /// one, what continues from there is on behalf of that one.
  ///
  /// `inner` is an executor or an execution context. Make a strand first, and wrap that. Timers
  /// that wrap `inner` already are still fed. The executor may outlive the run. If the run has
  /// ended already, or isn't measured, it returns what `instrument(inner)` does.
  ///
  /// Throws `std::bad_alloc`. The execution context must outlive what it returns.
  template <class ExecutorOrContext>
  [[nodiscard]] auto wrap(ExecutorOrContext&& inner) const;

  /// Labels the run; see `Run::label`. Throws `std::logic_error` if it has ended.
  void label(std::string_view name, std::string_view value) {
    const detail::CheckedLabel label(name, value);
    if (state_ == State::over) detail::refuse_label_of_ended_run();
    if (state_ == State::open) span_.label(label);
  }

  /// Ends the run here. Throws `std::logic_error` if it has ended before.
  void stop() { end_once(Ended::stopped); }

  /// Ends the run here as failed. Throws `std::logic_error` if it has ended before.
  void fail() { end_once(Ended::failed); }

  /// Ends the run here and forgets it: it is in no report. Throws `std::logic_error` if it has
  /// ended before.
  void cancel() { end_once(Ended::cancelled); }

 private:
  friend BasicAsioPerfTimer<Clock>;
  enum class State : unsigned char { open, switched_off, over };
  enum class Ended : unsigned char { stopped, failed, cancelled };

  explicit StartedRun(detail::Recorder& recorder) noexcept
      : StartedRun(recorder, recorder.enabled()) {}
  StartedRun(detail::Recorder& recorder, bool enabled) noexcept
      : recorder_(&recorder),
        state_(enabled ? (recorder.begin(), State::open) : State::switched_off),
        span_(enabled ? detail::run_to_open(recorder) : detail::not_listed) {
    if (enabled && tracing()) [[unlikely]]
      span_.trace_began(timer());
  }

  [[nodiscard]] detail::TracedTimer timer() const noexcept {
    return static_cast<detail::TracedTimer>(recorder_->serial());
  }

  void end_once(Ended how) {
    if (state_ == State::over)
      throw std::logic_error(
          "run: stopped, failed or cancelled twice; each run ends once, begin another with "
          "start()");
    state_ == State::open ? end(how) : void(state_ = State::over);
  }

  void end(Ended how) noexcept {
    state_ = State::over;
    const detail::RunTimes times = detail::told(span_.close());
    if (tracing()) [[unlikely]]
      span_.trace_ended(timer(), times, outcome(how));
    if (how == Ended::stopped) return detail::end_run(*recorder_, times, span_.details());
    if (how == Ended::failed) return detail::fail_run(*recorder_, times, span_.details());
    detail::drop_labels(times, span_.details());
    recorder_->cancel();
  }

  [[nodiscard]] static detail::RunOutcome outcome(Ended how) noexcept {
    if (how == Ended::failed) return detail::RunOutcome::failed;
    if (how == Ended::cancelled) return detail::RunOutcome::cancelled;
    return detail::RunOutcome::measured;
  }

  detail::Recorder* recorder_;  // not to be used once the run is over
  State state_;
  detail::StartedSpan<Clock> span_;  // last, because it reads the clock
};

}  // namespace perf_timer::inline v0_1

#include <perf_timer/impl/started_run.hpp>
