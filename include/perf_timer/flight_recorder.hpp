//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/export.hpp>
#include <perf_timer/detail/trace/timeline.hpp>
#include <perf_timer/timer_clock.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <iosfwd>
#include <memory>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

/// \file
/// Keeps the trace of the last seconds, and saves it when something was slow.
///
///     perf_timer::FlightRecorder recorder({.directory = "/var/tmp", .slower_than = 300ms});

namespace perf_timer::inline v0_1 {

/// A trace that a flight recorder saved, or couldn't save. Written with `<<`, it is some lines for
/// people.
struct SavedFlight {
  std::filesystem::path file = {};  ///< its name, with the directory
  /// Why: what was slow, such as `run "GET /x" took 312 msec`, and what `save` was given.
  std::vector<std::string> reasons = {};
  /// How many runs were slow since the trace before, and none was saved for them: they ended while
  /// it was written, or in the pause after that.
  std::uint64_t slow_runs_before = 0;
  std::uint64_t slow_steps_before = 0;  ///< the same of steps
  /// How many traces couldn't be saved since the last one that was.
  std::uint64_t failed_before = 0;
  std::error_code error = {};  ///< why this one couldn't be; there is no file then
};

/// Writes what was saved and why, without a newline at the end.
PERF_TIMER_EXPORT std::ostream& operator<<(std::ostream& out, const SavedFlight& saved);

/// What a flight recorder keeps, and when it saves it.
struct FlightRecorderOptions {
  /// The memory of the trace in bytes, at least 64 KiB, taken at once. 16 MiB hold 280 000 events;
  /// see `TraceOptions::memory`. When all is full, the oldest events make room.
  std::size_t memory = std::size_t{16} << 20;
  /// Where files are written. It must exist and be writable.
  std::filesystem::path directory = {};
  /// How many files the recorder leaves there, at least one. It removes the oldest that it has
  /// written itself, and no others, not even those of earlier processes.
  std::size_t keep = 5;
  /// How long a run, a step, an operation of `timed`, or a handler of a tracked program may take.
  /// When one takes longer, the trace is saved as soon as that has ended. `nanoseconds::max()`:
  /// only `save` saves it.
  std::chrono::nanoseconds slower_than = std::chrono::milliseconds{300};
  /// After something slow was saved, what is slow is only counted for so long.
  std::chrono::nanoseconds pause = std::chrono::seconds{10};
  /// Names of timers whose runs may take long, such as connections, or reads that wait for the next
  /// request. Their steps may not.
  std::vector<std::string> ignore = {};
  /// Called on the recorder's thread with each trace that was saved or couldn't be. It may throw,
  /// which is ignored. It must not destroy the recorder. An empty function stands for standard
  /// error.
  std::function<void(const SavedFlight&)> sink = {};
};

/// Records every step and every run in a bounded memory as long as it lives, as `start_trace` does.
/// When something was slow, it saves what is there, as `write_trace` writes it: the slow one,
/// marked, and what ran before and around it. doc/trace.md explains the file.
///
/// A thread of the recorder writes the files. The program's threads never wait for it. What goes
/// wrong there is told to the sink, and never thrown. The destructor saves what is due, and waits
/// for that.
///
/// One recorder can live at a time. While it does, the trace is its own: `start_trace` throws
/// `std::logic_error`, and `stop_trace` and `clear_trace` do nothing. `write_trace` writes what it
/// has. In the child of a fork, nothing is recorded, and this object does nothing. The child may
/// make one of its own.
///
/// Thread safety: `save` may be called by any thread. Link `perf_timer::json`.
class PERF_TIMER_EXPORT FlightRecorder {
 public:
  /// Begins to record. Times are those of `steady_clock`; `start_trace` says whose timers that
  /// includes.
  ///
  /// Throws `std::invalid_argument` if an option is out of range,
  /// `std::filesystem::filesystem_error` if no file can be written to the directory,
  /// `std::logic_error` if a recorder lives or a trace goes on, `std::system_error` if no thread
  /// can be created, and `std::bad_alloc`.
  explicit FlightRecorder(FlightRecorderOptions options)
      : FlightRecorder(std::move(options), detail::timeline_of<std::chrono::steady_clock>()) {}

  /// The same, with the times of another clock, as `start_trace<Clock>` has.
  template <TimerClock Clock>
  [[nodiscard]] static FlightRecorder with_clock(FlightRecorderOptions options) {
    return FlightRecorder(std::move(options), detail::timeline_of<Clock>());
  }

  FlightRecorder(const FlightRecorder&) = delete;
  FlightRecorder& operator=(const FlightRecorder&) = delete;
  ~FlightRecorder();

  /// Saves what is there soon, in a file that has the reason. Returns at once. Reasons that come
  /// while a file is written share the next one, which has at most 16 of them. Not for signal
  /// handlers.
  void save(std::string_view reason) noexcept;

 private:
  FlightRecorder(FlightRecorderOptions options, const detail::Timeline& timeline);

  struct Recording;
  std::unique_ptr<Recording> recording_;
};

}  // namespace perf_timer::inline v0_1
