//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/trace/recorded_trace.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace perf_timer::inline v0_1::detail {

// What a viewer shows, made of what was recorded. Threads and steps are places in the vectors.

struct TracedStep {
  std::size_t thread;
  Ticks begin;
  Ticks end;
  bool open = false;  ///< hadn't ended when the trace did
  const void* span = nullptr;
  Ticks submitted = 0;  ///< 0: not known
  TraceThread by = 0;
  std::optional<TracedTimer> run;       ///< of the innermost run that it is on behalf of
  std::optional<TracedTimer> executor;  ///< that it is a run of
};

/// A step as a run of one timer of a wrapped executor.
struct TracedFunction {
  std::size_t step;
  FunctionEnded told;
};

struct TracedRun {
  std::size_t thread;  ///< on which it ended, or was opened if it hasn't
  Ticks begin;
  Ticks end;
  bool open = false;
  RunEnded told;  ///< of one that is open, no more than who
};

/// What lies on one track: every two of them are apart, or one is inside the other.
struct Slice {
  Ticks begin;
  Ticks end;
  std::size_t index;  ///< in `steps`, `functions` or `runs`
  bool is_run = false;
};

/// One thread at a time, for what overlaps can't be on one track.
struct ExecutorTrack {
  TracedTimer timer;
  std::size_t number;  ///< among those of the timer
  std::vector<Slice> functions;
};

struct TraceTracks {
  explicit TraceTracks(const RecordedTrace& trace);

  std::vector<TracedStep> steps;
  std::vector<TracedFunction> functions;
  std::vector<TracedRun> runs;

  std::vector<std::vector<Slice>> threads;  ///< steps, and runs of ordinary code
  std::vector<ExecutorTrack> executors;
  std::vector<std::size_t> causal;       ///< the other runs
  std::vector<std::size_t> with_arrows;  ///< steps of which the slice that submitted them is there

 private:
  void replay(const RecordedTrace& trace, std::size_t thread);
  void match_runs(const RecordedTrace& trace);
  void name_steps();
  void lay_out_threads(std::size_t count);
  void lay_out_executors();
  void find_arrows(const RecordedTrace& trace);

  struct Begun {
    std::size_t thread;
    Ticks opened;
    RunBegan told;
  };
  std::vector<Begun> begun_;
};

}  // namespace perf_timer::inline v0_1::detail
