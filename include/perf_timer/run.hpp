//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <string_view>

namespace perf_timer::inline v0_1 {

/// One run of a timer, from `measure()` until it is destroyed. `stop` and `cancel` end it earlier.
///
///     auto run = timer.measure();
///
/// It is a scope, so it can be neither copied nor moved. For a run that an object holds, or that
/// ends elsewhere, an `AsioPerfTimer` has `start()`.
///
/// A run that an exception destroys counts as failed. A run may outlive its timer. A run of a timer
/// that is switched off measures nothing.
///
/// Thread safety: one thread at a time.
template <class Timer>
class [[nodiscard("a run ends with its scope: give it a name")]] Run {
 public:
  Run(const Run&) = delete;
  Run& operator=(const Run&) = delete;
  ~Run() = default;

  /// Labels the run, such as with the id of its trace. If it becomes a sample, it is an example of
  /// its octave of durations until a later labelled run is (`TimerSnapshot::exemplars`).
  ///
  ///     run.label("trace_id", request["X-Trace-Id"]);
  ///
  /// A name consists of letters, digits and `_`, no digit first. One that the run has already gets
  /// the new value. NUL and bytes that aren't UTF-8 become U+FFFD. Names and values of one run
  /// have at most 128 characters together, as OpenMetrics says. Otherwise throws
  /// `std::invalid_argument`; the run goes on with the labels that it had. Throws
  /// `std::logic_error` if the run has ended, and `std::bad_alloc`.
  void label(std::string_view name, std::string_view value) { run_.label(name, value); }

  /// Ends the run here. Even if it could not be followed, its elapsed time is known then. Throws
  /// `std::logic_error` if it has ended before.
  void stop() { run_.stop(); }

  /// Ends the run here and forgets it: it is in no report. Throws `std::logic_error` if it has
  /// ended before.
  void cancel() { run_.cancel(); }

 private:
  friend Timer;
  template <class Recorder>
  explicit Run(Recorder& recorder) noexcept : run_(recorder) {}

  typename Timer::ScopeRun run_;
};

}  // namespace perf_timer::inline v0_1
