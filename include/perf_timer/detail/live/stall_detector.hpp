//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/beacon/watched_thread.hpp>
#include <perf_timer/detail/clock/ticks.hpp>
#include <perf_timer/detail/live/open_run_detector.hpp>
#include <perf_timer/detail/live/step_explained.hpp>
#include <perf_timer/detail/live/tell_limit.hpp>
#include <perf_timer/detail/platform/export.hpp>
#include <perf_timer/detail/report/thread_samples.hpp>
#include <perf_timer/stall_watch.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace perf_timer::inline v0_1::detail {

/// What a stall watch does when it looks at the beacons, without a thread and a clock of its own.
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

  /// Says what time it is. It is asked before and behind what is seen: whoever looks may have to
  /// wait for a processor in between.
  using Now = std::function<Ticks()>;

  /// Looks at all threads, samples what they execute, and returns what is to be told now. Frames
  /// are addresses. Throws std::bad_alloc.
  [[nodiscard]] std::vector<Stall> look(const Now& now);
  /// Looks for the last time, and returns what is over of all that was told.
  [[nodiscard]] std::vector<Stall> finish(const Now& now);
  /// While nobody takes what was told, nothing more is, and what begins is only counted.
  void hold_all_back(bool all) noexcept {
    step_limit_.hold_all_back(all);
    run_limit_.hold_all_back(all);
  }

 private:
  [[nodiscard]] Ticks see_threads(const Now& now, bool last);
  void tell_begun(const Now& now, Ticks seen, std::size_t known, std::vector<Stall>& told);
  void tell_over(Ticks now, std::vector<Stall>& told);
  void tell_held_back(Ticks now, std::vector<Stall>& told);

  /// A stall that lasts.
  struct Lasting {
    SeenStep step;
    Ticks since = 0, not_before = 0, seen = 0;
    Stall stall;
    std::vector<std::uint64_t> timers = {};  // serials of those on whose behalf it executes
    bool told = false;                       // else it was held back
    bool found = true, is_new = true;        // in this look
  };

  [[nodiscard]] bool go_on(const WatchedThread& thread, const Beacon& beacon,
                           const Sighting& sighting, Ticks now);
  void begin(const WatchedThread& thread, const Beacon& beacon, const Sighting& sighting,
             Ticks seen, const Now& now);
  void explain(Lasting& lasting, const StepExplained& answer, Ticks at) const;
  void count(const Lasting& lasting, bool is_new);
  [[nodiscard]] std::vector<StackFrame> frames_at(std::span<const void* const> addresses) const;

  const StallWatchOptions options_;
  const std::chrono::milliseconds patience_;
  SamplingTurn sampling_;
  std::vector<Lasting> lasting_;
  OpenRunDetector open_runs_;
  TellLimit step_limit_, run_limit_;
};

}  // namespace perf_timer::inline v0_1::detail
