//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/clock/ticks.hpp>
#include <perf_timer/detail/platform/export.hpp>
#include <perf_timer/timer_snapshot.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace perf_timer::inline v0_1::detail {

struct Recorded;
struct RunSight;
class OldestRuns;

/// A timer as the registry sees it.
///
/// Any thread may call all functions, and several threads may do so at once. The registry holds no
/// lock during a call.
class PERF_TIMER_EXPORT ReportSource {
 public:
  ReportSource(const ReportSource&) = delete;
  ReportSource& operator=(const ReportSource&) = delete;

  [[nodiscard]] virtual TimerSnapshot snapshot() const = 0;

  /// Identifies the timer's record. A serial is never reused.
  [[nodiscard]] virtual std::uint64_t serial() const noexcept = 0;

  /// Returns what came after `earlier`. Sets `now` to the record as it is now, which is `earlier`
  /// in the next call.
  [[nodiscard]] virtual TimerSnapshot snapshot_since(const Recorded& earlier,
                                                     Recorded& now) const = 0;

  /// The same as `snapshot`, but `tell_ages` hasn't been called for it.
  [[nodiscard]] virtual TimerSnapshot snapshot_without_ages() const { return snapshot(); }
  /// Adds to a snapshot how long the oldest run of this timer has been open, and how long the
  /// oldest function that waits has waited.
  void tell_ages(TimerSnapshot& snapshot, OldestRuns& oldest) const;

  /// Returns how its open runs are seen; null if they can't be told from each other.
  [[nodiscard]] virtual const RunSight* run_sight() const noexcept { return nullptr; }
  /// The name under which they are shown.
  [[nodiscard]] virtual std::string shown_name() const { return {}; }

  /// Returns what measuring a run costs; zero if unknown. The first call may take some
  /// milliseconds.
  [[nodiscard]] virtual FractionalNanoseconds overhead() const { return {}; }

  /// Counts a step on its behalf that a watch told of, if it `is_new`, and that it lasted so long.
  virtual void stalled(std::chrono::nanoseconds, bool) noexcept {}
  /// Returns how many functions wait on executors that it wraps; nothing if that isn't known.
  [[nodiscard]] virtual std::optional<std::uint64_t> waiting_now() const noexcept { return {}; }
  /// Returns how long the oldest of these has waited by now; nothing if that isn't known.
  [[nodiscard]] virtual std::optional<Ticks> oldest_waiting(Ticks (*)() noexcept) const {
    return {};
  }

  /// Logs this timer's line, unless it was logged before.
  virtual void report_once() noexcept = 0;

 protected:
  ReportSource() = default;
  virtual ~ReportSource() = default;

 private:
  friend class Registry;

  // Owned by the registry, guarded by its mutex.
  ReportSource* previous_ = nullptr;
  ReportSource* next_ = nullptr;
  std::uint64_t id_ = 0;  // ascends along the list; zero if not in it
};

}  // namespace perf_timer::inline v0_1::detail
