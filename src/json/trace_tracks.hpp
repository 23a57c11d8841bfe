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

// What a viewer shows, made from what was recorded. Threads and steps are indices into the vectors.

struct TracedStep {
  std::size_t thread;
  Ticks begin;
  Ticks end;
  bool open = false;    ///< had not ended at the end of the trace
  Ticks submitted = 0;  ///< 0: unknown
  TraceThread by = 0;
  std::optional<TracedTimer> run;            ///< timer of the run that all of it executes for
  std::optional<TracedTimer> executor;       ///< timer of the wrapped executor whose run it is
  std::optional<TracedOperation> operation;  ///< whose handler it is, in a tracked program
  std::optional<std::size_t> handler{};      ///< which it is itself, whatever the executor
};

/// A part of a step that executes for one run, and no run inside that.
struct StepPart {
  std::size_t step;
  Ticks begin;
  Ticks end;
  const void* span;
  std::optional<TracedTimer> run;  ///< nothing: no run is known
};

/// A step, as a run of a wrapped executor's timer.
struct TracedFunction {
  std::size_t step;
  FunctionEnded told;
};

struct TracedRun {
  std::size_t thread;  ///< where it ended; if it is open, where it was opened
  Ticks begin;
  Ticks end;
  bool open = false;
  RunEnded told;  ///< for an open run, only its identity
};

/// A handler of an operation of a tracked program.
struct TracedHandler {
  std::size_t thread;
  Ticks begin;
  Ticks end;
  bool open = false;
  std::optional<std::size_t> step;  ///< which it is, or which it is the function of
  bool handed_on = false;           ///< another step says at once what it executes
  HandlerBegan told;
};

/// What an operation waited for, and then for a thread. Slices of one row are apart.
struct TracedWait {
  std::size_t handler;
  std::optional<std::size_t> run;  ///< that waited for it
  std::size_t row;                 ///< of those of the run; 0: the run's own
  Ticks begin;
  Ticks ready;  ///< from now on, it waited for a thread
};

/// A slice of a track. Any two slices of a track are apart, or one is inside the other.
struct Slice {
  enum class Of : unsigned char { handler, step, part, run };

  Ticks begin;
  Ticks end;
  std::size_t index;  ///< into `handlers`, `steps`, `parts`, `functions` or `runs`
  Of of = Of::step;

  [[nodiscard]] bool is_run() const noexcept { return of == Of::run; }
};

/// A track of an executor. It holds one thread at a time: overlapping slices can't share a track.
struct ExecutorTrack {
  TracedTimer timer;
  std::size_t number;  ///< among the tracks of the timer
  std::vector<Slice> functions;
};

struct TraceTracks {
  explicit TraceTracks(const RecordedTrace& trace);

  std::vector<TracedStep> steps;
  std::vector<StepPart> parts;  ///< of steps that execute for several runs, or for one and for none
  std::vector<TracedFunction> functions;
  std::vector<TracedRun> runs;
  std::vector<TracedHandler> handlers;
  std::vector<TracedWait> waits;

  std::vector<std::vector<Slice>> threads;  ///< handlers, steps, their parts, runs of ordinary code
  std::vector<ExecutorTrack> executors;
  std::vector<std::size_t> causal;       ///< the other runs
  std::vector<std::size_t> with_arrows;  ///< steps whose submitting slice is in the trace

 private:
  void replay(const RecordedTrace& trace, std::size_t thread, std::size_t handler);
  void match_runs(const RecordedTrace& trace);
  void end_parts_with_runs();
  void name_steps();
  void replay_handlers(const RecordedTrace& trace, std::size_t thread);
  void find_waits(const RecordedTrace& trace);
  void lay_out_handlers();
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
