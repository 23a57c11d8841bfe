//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/duration_summary.hpp>

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace perf_timer::inline v0_1 {

/// Nanoseconds with fractions, for what a run costs: a few nanoseconds.
using FractionalNanoseconds = std::chrono::duration<double, std::nano>;

/// How many runs were lost or partial for one reason. A plain value.
struct LostCount {
  std::string_view reason;    ///< The reason, in words. The text lives as long as the program.
  std::uint64_t count = 0;    ///< The number of runs.
  std::string_view remedy{};  ///< What to do about it, likewise. Empty if that is unknown.

  /// Whether all members are equal.
  bool operator==(const LostCount&) const = default;
};

/// An operation of Asio that a timer's runs waited for, in a tracked program. A plain value. Its
/// names are those of `OperationSnapshot`.
struct AwaitedOperation {
  std::string object{};     ///< What executes it, such as "socket".
  std::string operation{};  ///< Its name, such as "async_receive".
  std::string part_of{};    ///< The composed operation of which it is a step; may be empty.
  std::string file{};       ///< Where it is awaited; may be empty.
  unsigned line = 0;        ///< From 1; 0 if the file isn't known.
  std::string function{};   ///< The coroutine or callback; may be empty.
  std::uint64_t count = 0;  ///< How often a result came while the run was open.
  std::chrono::nanoseconds waited{};  ///< How long these waited in all.

  /// Whether all members are equal.
  bool operator==(const AwaitedOperation&) const = default;
};

/// A run that the program has labelled, such as with the id of its trace: an example of how long
/// runs take, and a way to find out why. A plain value.
struct Exemplar {
  std::vector<std::pair<std::string, std::string>> labels{};  ///< Names and values, UTF-8.
  std::chrono::nanoseconds elapsed{};          ///< From the start of the run to its end.
  std::chrono::system_clock::time_point at{};  ///< When it ended.

  /// Whether all members are equal.
  bool operator==(const Exemplar&) const = default;
};

/// What a timer's runs are.
enum class TimerKind : unsigned char {
  scope,     ///< A `PerfTimer` or `ThreadPerfTimer`: a run is busy from its start to its end.
  task,      ///< An `AsioPerfTimer`: a run is what executes on behalf of a scope or an awaitable.
  executor,  ///< An `AsioPerfTimer` that wraps executors: each function they execute is a run.
};

/// Returns the name of a kind: "scope", "task" or "executor". The exporters write it.
[[nodiscard]] constexpr std::string_view to_string(TimerKind kind) noexcept {
  constexpr std::array<std::string_view, 3> words{"scope", "task", "executor"};
  return words[static_cast<std::size_t>(kind)];
}

/// What a timer has measured up to one moment, or in an interval. A plain value: it needs neither
/// the timer nor a lock.
///
/// `TimerBase::snapshot` and `snapshot_all` return it of a timer's lifetime, and `IntervalReader`
/// of an interval. In an interval, `min` and `max` of the summaries are estimates or unknown.
struct TimerSnapshot {
  std::string name{};  ///< The name of the timer.
  /// What tells the timer from others of its name: names and values, ordered by name.
  std::vector<std::pair<std::string, std::string>> labels{};
  TimerKind kind = TimerKind::scope;  ///< What its runs are.
  std::uint64_t runs = 0;  ///< Runs whose elapsed time is known: the samples of `elapsed`.
  /// Of these, runs of which only that is known. `busy` has `runs - partial` samples.
  std::uint64_t partial = 0;
  std::uint64_t failed = 0;   ///< Runs that an exception left. They aren't samples.
  std::uint64_t lost = 0;     ///< Runs that could not be measured. They aren't samples.
  std::uint64_t dropped = 0;  ///< Functions that were submitted and never executed.
  /// Runs that had begun and not ended. Of an interval, and after `reset`: all of that moment.
  std::uint64_t open = 0;
  /// Of these, functions that were submitted to a wrapped executor and hadn't started.
  std::uint64_t waiting = 0;
  /// How long the oldest of the open runs has been open. Nothing if none is open, or if that isn't
  /// known: of a `scope` or an `executor`, and of a clock whose wall clock differs by thread.
  std::optional<std::chrono::nanoseconds> oldest_open{};
  /// How long the oldest of the waiting functions has waited, from its submission. Nothing if none
  /// waits, or if that isn't known: of a clock whose wall clock differs by thread, while a function
  /// waits for which there was no memory, and if functions start so fast that none can be said to
  /// be the oldest.
  std::optional<std::chrono::nanoseconds> oldest_waiting{};
  /// Steps that blocked their thread for too long, as a stall watch has told: functions of
  /// executors that this timer wraps, or on behalf of its runs. Of several watches, the first one
  /// counts.
  std::uint64_t stalls = 0;
  /// How long the longest of them executed at least, as the watch told it last. Nothing if there
  /// was none, or if that isn't known: of an interval, if an earlier one was as long.
  std::optional<std::chrono::nanoseconds> longest_stall{};
  DurationSummary busy{};  ///< How long a run executed. Of a `scope`: its elapsed time.
  /// How long a run was ready, and waited for a thread or a strand. Of a `scope`: no samples.
  DurationSummary queued{};
  /// Of the total of `queued`, how long a function waited for a strand while another function of
  /// the strand executed. Measured, for functions of strands that nobody can use unseen: those of
  /// `wrap(make_strand(context))`, `instrument(make_strand(context))` and
  /// `make_strand(instrument(context))`.
  std::chrono::nanoseconds queued_held{};
  /// Of the total of `queued`, how long nothing but a thread was missing: the strand was free, or
  /// there is none. What neither this nor `queued_held` has was waited for in a way that isn't
  /// known, such as for a strand whose type is erased.
  std::chrono::nanoseconds queued_free{};
  /// In how many steps the complete runs executed. A step is one uninterrupted stretch of execution
  /// on one thread: a handler, or a coroutine from one resumption to the next suspension. It counts
  /// for each run on whose behalf something executed in it, so also for the runs around. Steps
  /// count that have ended when the run ends, and the one in which it ends. None of runs that
  /// `observe` recorded, and of a `scope`.
  std::uint64_t steps = 0;
  /// The longest of these steps. From where the step began, or the run if that was in it, to where
  /// either ended; what the step executed inline counts, whoever it was for. For so long, one
  /// thread did nothing else. Of an interval it is known only if no step before was as long; else
  /// zero. Of a `scope`: zero.
  std::chrono::nanoseconds longest_step{};
  DurationSummary elapsed{};  ///< From the start of a run to its end.
  /// The total elapsed time of the runs that aren't partial. Shares of busy, queued and idle time
  /// are shares of this.
  std::chrono::nanoseconds complete_elapsed{};
  /// Of a timer of `thread_cpu_clock`: how long threads executed these runs without being on a
  /// processor, because they blocked or others had it. Such time is neither busy nor idle. Zero if
  /// busy time isn't processor time.
  std::chrono::nanoseconds off_processor{};
  /// Processor time of sampled runs, of a timer with `TimerOptions::cpu_every`: how long threads
  /// were on a processor in the run. What their busy time has beyond that, they blocked or were
  /// preempted. It includes a part of the readings, and is at most the busy time.
  DurationSummary cpu{};
  /// The total busy time of the runs that `cpu` is of.
  std::chrono::nanoseconds cpu_busy{};
  /// From the start of a failed run to the exception. If the clock went back, or no memory was
  /// left, it has fewer samples than `failed` says.
  DurationSummary failed_elapsed{};
  DurationSummary failed_busy{};  ///< How long a failed run executed, where that is known.
  std::vector<LostCount> partial_reasons{};  ///< Why runs are partial. They add up to `partial`.
  std::vector<LostCount> lost_reasons{};     ///< Why runs were lost. The counts add up to `lost`.
  /// In a tracked program: what the runs waited for, the longest first, since the timer exists or
  /// was reset. It is what these operations waited in all. They may have waited at the same time,
  /// or while something executed on the run's behalf, so it can be more than `idle()`. Empty of an
  /// interval, and of clocks other than `steady_clock`.
  std::vector<AwaitedOperation> idle_in{};
  /// Of the runs that were labelled (`Run::label`), the latest of each octave of elapsed times, the
  /// shortest first: at most 32. They are samples of `elapsed`.
  std::vector<Exemplar> exemplars{};
  /// What it costs to measure one run here, as `measure_overhead` finds out. Zero if that wasn't
  /// measured.
  FractionalNanoseconds overhead{};

  /// Returns the elapsed time of all complete runs that was neither busy nor queued nor off
  /// the processor, such as waiting for I/O or a timer. It is clamped at zero, because a run can be
  /// busy on several threads at once.
  [[nodiscard]] std::chrono::nanoseconds idle() const noexcept {
    const auto rest = complete_elapsed - busy.total - queued.total - off_processor;
    return rest.count() > 0 ? rest : std::chrono::nanoseconds::zero();
  }

  /// Whether all members are equal.
  bool operator==(const TimerSnapshot&) const = default;
};

}  // namespace perf_timer::inline v0_1
