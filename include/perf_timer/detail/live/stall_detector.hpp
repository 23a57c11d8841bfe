//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/clock/ticks.hpp>
#include <perf_timer/detail/live/long_step.hpp>
#include <perf_timer/detail/live/open_run_detector.hpp>
#include <perf_timer/detail/live/step_watch.hpp>
#include <perf_timer/detail/live/tell_limit.hpp>
#include <perf_timer/detail/platform/export.hpp>
#include <perf_timer/detail/report/thread_samples.hpp>
#include <perf_timer/stall_watch.hpp>

#include <chrono>
#include <cstdint>
#include <map>
#include <span>
#include <vector>

namespace perf_timer::inline v0_1::detail {

/// What a stall watch does, without threads and a clock of its own.
class PERF_TIMER_EXPORT StallDetector {
 public:
  /// Throws `std::invalid_argument` as `watch_stalls` does. A thread that is asked must answer
  /// within `patience`.
  StallDetector(StallWatchOptions options, std::chrono::milliseconds patience);

  /// Lets who finds symbols read the program's files, which can take longer than a stall. Thread
  /// safety: any thread.
  void prepare() const;
  /// Finds the names of a stall's frames, which can take as long. Thread safety: any thread.
  void name_frames(Stall& stall) const;

  using Now = StepWatch::Now;

  /// Who looks uses this, without a lock: see there. It must not be used while `look` is.
  [[nodiscard]] StepWatch& steps() noexcept { return steps_; }

  /// What is told, and of which step; zero if of none.
  struct Told {
    Stall stall{};
    std::uint64_t step = 0;
  };
  /// Appends what is to be told of what was seen since the last call. Frames are addresses. The
  /// `last` call is for what has ended. If it throws std::bad_alloc, what is missing comes with the
  /// next call. Thread safety: one thread, while another one looks.
  void tell(const Now& now, std::vector<Told>& told, bool last = false);

  /// Looks, and tells. Throws std::bad_alloc.
  [[nodiscard]] std::vector<Stall> look(const Now& now);
  /// Looks for the last time, and returns what is over of all that was told.
  [[nodiscard]] std::vector<Stall> finish(const Now& now);
  /// While nobody takes what was told, nothing more is, and what begins is only counted. Of steps,
  /// who looks must know it; of runs, who tells.
  void hold_all_back(bool all) noexcept {
    steps_.hold_all_back(all);
    hold_runs_back(all);
  }
  void hold_runs_back(bool all) noexcept { run_limit_.hold_all_back(all); }

 private:
  /// A stall that was told, and isn't over.
  struct Lasting {
    Stall stall;
    std::vector<std::uint64_t> timers;  // serials of those on whose behalf it executes
  };

  void tell_step(const LongStep& step, std::vector<Told>& told);
  void explain(const LongStep& step, Lasting& lasting) const;
  void count(const Lasting& lasting, bool is_new);
  [[nodiscard]] std::vector<StackFrame> frames_at(std::span<const void* const> addresses) const;

  const StallWatchOptions options_;
  SamplingTurn sampling_;
  StepWatch steps_;
  std::map<std::uint64_t, Lasting> lasting_;  // by the step's number
  OpenRunDetector open_runs_;
  TellLimit run_limit_;
};

}  // namespace perf_timer::inline v0_1::detail
