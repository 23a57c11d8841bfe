//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/recorder/recorder.hpp>
#include <perf_timer/detail/span/end_run.hpp>
#include <perf_timer/detail/span/open_run.hpp>
#include <perf_timer/detail/span/run_to_open.hpp>
#include <perf_timer/detail/trace/hooks.hpp>

#include <utility>

namespace perf_timer::inline v0_1::detail {

/// A run that begins when the awaitable is made, and opens when it is awaited. It keeps the record,
/// because the awaitable may be awaited after the timer is gone. A run that is never awaited is
/// forgotten.
class BegunRun {
 public:
  explicit BegunRun(Recorder& recorder) noexcept : recorder_(&recorder) { recorder.begin(); }
  BegunRun(BegunRun&& other) noexcept : recorder_(std::exchange(other.recorder_, nullptr)) {}
  BegunRun& operator=(BegunRun&&) = delete;
  ~BegunRun() {
    if (recorder_) recorder_->cancel();
  }
  [[nodiscard]] Recorder& open() noexcept { return *std::exchange(recorder_, nullptr); }

 private:
  Recorder* recorder_;
};

/// The run of an awaitable that is awaited. A step on its own behalf can destroy it while it is
/// suspended. A scope can't tell that from leaving, so `returned` and `threw` say that the run was
/// left. Such a run has at least its elapsed time, wherever it executed.
template <class Clock>
class AwaitedRun {
 public:
  /// `instrumented`: the coroutine's executor carries spans. A coroutine on any other isn't
  /// followed even if an instrumented step resumes it, because nothing tells when it is suspended.
  AwaitedRun(Recorder& recorder, bool instrumented) noexcept
      : recorder_(recorder),
        timing_(instrumented ? OpenRun<Clock>(run_to_open(recorder))
                             : OpenRun<Clock>(unfollowed, timer())) {
    if (tracing()) [[unlikely]]
      timing_.trace_began(timer());
  }
  AwaitedRun(const AwaitedRun&) = delete;
  AwaitedRun& operator=(const AwaitedRun&) = delete;
  ~AwaitedRun() {
    RunTimes times = timing_.close();
    if (left_ == Left::never) [[unlikely]]
      times.lost = LostReason::destroyed;
    else
      times = told(times);
    const bool failed = left_ == Left::by_exception;
    if (tracing()) [[unlikely]]
      timing_.trace_ended(timer(), times,
                          failed          ? RunOutcome::failed
                          : times.partial ? RunOutcome::partial
                                          : RunOutcome::measured);
    if (failed)
      fail_run(recorder_, times, timing_.details());
    else
      end_run(recorder_, times, timing_.details());
  }
  void returned() noexcept { left_ = Left::by_return; }
  void threw() noexcept { left_ = Left::by_exception; }

 private:
  enum class Left : unsigned char { never, by_return, by_exception };

  [[nodiscard]] TracedTimer timer() const noexcept {
    return static_cast<TracedTimer>(recorder_.serial());
  }

  Recorder& recorder_;
  Left left_ = Left::never;
  OpenRun<Clock> timing_;  // last, because it reads the clock
};

}  // namespace perf_timer::inline v0_1::detail
