//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/export.hpp>
#include <perf_timer/timer_snapshot.hpp>

#include <cstdint>

namespace perf_timer::inline v0_1::detail {

struct Recorded;

/// What the registry sees of a timer.
///
/// All functions are called from any thread, without a lock of the registry's, and possibly from
/// several threads at once.
class PERF_TIMER_EXPORT ReportSource {
 public:
  ReportSource(const ReportSource&) = delete;
  ReportSource& operator=(const ReportSource&) = delete;

  [[nodiscard]] virtual TimerSnapshot snapshot() const = 0;

  /// Identifies its record among all that there ever were.
  [[nodiscard]] virtual std::uint64_t serial() const noexcept = 0;

  /// What came after `earlier`, and in `now` what there is now: the `earlier` of the next call.
  [[nodiscard]] virtual TimerSnapshot snapshot_since(const Recorded& earlier,
                                                     Recorded& now) const = 0;

  /// What measuring a run costs; may take some milliseconds the first time. Zero if unknown.
  [[nodiscard]] virtual FractionalNanoseconds overhead() const { return {}; }

  /// Logs the line of this timer, unless that was done before.
  virtual void report_once() noexcept = 0;

 protected:
  ReportSource() = default;
  ~ReportSource() = default;

 private:
  friend class Registry;

  // Owned by the registry, guarded by its mutex.
  ReportSource* previous_ = nullptr;
  ReportSource* next_ = nullptr;
  std::uint64_t id_ = 0;  // ascending along the list; zero: not in it
};

}  // namespace perf_timer::inline v0_1::detail
