//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/recorder/recorder.hpp>
#include <perf_timer/span/open_run.hpp>
#include <perf_timer/span/uncaught_exceptions.hpp>

#include <stdexcept>
#include <utility>

namespace perf_timer {
namespace detail {

/// Where a timer that one thread at a time uses records.
class OneThread {
 public:
  explicit OneThread(Recorder& recorder) noexcept : shard_(recorder.only_shard()) {}

  void begin() noexcept { shard_.begin(); }
  void end(const RunTimes& times) noexcept { shard_.end(times); }
  void fail() noexcept { shard_.fail(); }
  void cancel() noexcept { shard_.cancel(); }

 private:
  Shard& shard_;
};

/// Where a timer that any number of threads use records.
class AnyThread {
 public:
  explicit AnyThread(Recorder& recorder) noexcept : recorder_(recorder) {}

  void begin() noexcept { recorder_.begin(); }
  void end(const RunTimes& times) noexcept { recorder_.end(times); }
  void fail() noexcept { recorder_.fail(); }
  void cancel() noexcept { recorder_.cancel(); }

 private:
  Recorder& recorder_;
};

/// Time from construction to `close`, whatever happens in between.
template <class Clock>
class WallRun {
 public:
  explicit WallRun(bool enabled) noexcept
      : exceptions_(enabled ? uncaught_exceptions() : 0), start_(enabled ? now<Clock>() : 0) {}

  [[nodiscard]] RunTimes close() const noexcept {
    const Ticks elapsed = now<Clock>() - start_;
    return checked<Clock>({elapsed, 0, elapsed, {}, uncaught_exceptions() > exceptions_});
  }

 private:
  int exceptions_;
  Ticks start_;  // last, as it reads the clock
};

}  // namespace detail

/// One run of a timer, from construction to `stop` or destruction. Left by an exception, it counts
/// as failed. It may outlive its timer. Of a timer that is switched off it measures nothing.
///
/// Thread safety: one thread at a time.
template <class Timing, class Target>
class [[nodiscard("a run ends with its scope: give it a name")]] Run {
 public:
  explicit Run(detail::Recorder & recorder) noexcept : Run(recorder, recorder.enabled()) {}

  /// The other one has no run any more.
  Run(Run && other) noexcept
      : target_(other.target_),
        state_(std::exchange(other.state_, State::over)),
        timing_(std::move(other.timing_)) {}
  Run& operator=(Run&&) = delete;

  ~Run() {
    if (state_ != State::open) return;
    const auto times = timing_.close();
    if (times.unwinding && was_executing(times)) [[unlikely]]
      target_.fail();
    else
      target_.end(times);
  }

  /// Ends the run here. Throws `std::logic_error` if it has ended before.
  void stop() {
    if (close() == State::open) target_.end(timing_.close());
  }

  /// Ends the run here and forgets it. Throws `std::logic_error` if it has ended before.
  void cancel() {
    if (close() != State::open) return;
    static_cast<void>(timing_.close());
    target_.cancel();
  }

 private:
  enum class State : unsigned char { open, switched_off, over };

  Run(detail::Recorder & recorder, bool enabled) noexcept
      : target_(recorder),
        state_(enabled ? (target_.begin(), State::open) : State::switched_off),
        timing_(enabled) {}

  /// What is destroyed while it is suspended is not left by the exception that destroys it.
  [[nodiscard]] static bool was_executing(const detail::RunTimes& times) noexcept {
    return times.lost != detail::LostReason::outside_a_step &&
           times.lost != detail::LostReason::in_another_step;
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

}  // namespace perf_timer
