//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/export.hpp>
#include <perf_timer/detail/recorder/recorded.hpp>
#include <perf_timer/detail/report/report_source.hpp>
#include <perf_timer/timer_snapshot.hpp>

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

namespace perf_timer::inline v0_1::detail {

/// A snapshot and the serial of its timer, because names needn't be unique.
struct IdentifiedSnapshot {
  std::uint64_t serial = 0;
  TimerSnapshot snapshot{};
};

/// A timer whose open runs can be told from each other.
struct SightedTimer {
  std::uint64_t serial = 0;
  std::string name{};
  const RunSight* sight = nullptr;
};

/// All live timers, in the order of their creation.
///
/// It holds no lock while it calls a source. So a log function or an observer can't deadlock here,
/// whether it creates or destroys timers (even the one that reports), takes snapshots, or waits for
/// a lock under which another thread does so. One wait remains: `remove` waits for other threads
/// that are calling the source.
///
/// Thread safety: any number of threads.
class PERF_TIMER_EXPORT Registry {
 public:
  /// For tests. All other code shares `instance()`. Must be empty when it is destroyed.
  Registry() = default;
  Registry(const Registry&) = delete;
  Registry& operator=(const Registry&) = delete;

  /// Never destroyed. Its first use arranges for `report_all` to be called at exit, after static
  /// timers are destroyed. A timer that is still alive then was leaked, and reports as well.
  /// `std::quick_exit` also calls it, but `std::_Exit` and signals don't (see `report_on_crash`).
  static Registry& instance();

  /// From now on, `source` may be called, so a constructor does this last. O(1), doesn't throw.
  void add(ReportSource& source) noexcept;

  /// From now on, `source` isn't called any more, so a destructor does this first. Waits for other
  /// threads that are calling it. The calling thread itself may be in such a call. O(1). Does
  /// nothing if `source` wasn't added.
  void remove(ReportSource& source) noexcept;

  /// Returns snapshots of the sources that exist when it begins, except those removed meanwhile.
  /// Throws what they throw, and `std::bad_alloc`.
  [[nodiscard]] std::vector<TimerSnapshot> snapshot_all() const;

  /// The same, including what measuring costs, for reports.
  [[nodiscard]] std::vector<TimerSnapshot> snapshot_all_with_overhead() const;

  /// The same with the serials, for code that follows timers from one look to the next.
  [[nodiscard]] std::vector<IdentifiedSnapshot> identified_snapshots() const;

  /// Returns those whose open runs can be told from each other, likewise.
  [[nodiscard]] std::vector<SightedTimer> sighted_timers() const;

  /// What each timer, identified by its serial, had recorded when an interval reader last looked.
  using Marks = std::unordered_map<std::uint64_t, Recorded>;

  /// Like `snapshot_all`, but of what came after `marks`, which it moves to now. What a timer did
  /// between the last look and its destruction is missing. If it throws, the marks are unchanged.
  [[nodiscard]] std::vector<TimerSnapshot> snapshots_since(Marks& marks) const;

  /// Counts a step that a watch told of for each source with one of these serials, of which the low
  /// bits are enough.
  void stalled(std::span<const std::uint64_t> serials, std::chrono::nanoseconds lasted,
               bool is_new) noexcept;
  /// Returns how many functions wait on executors of this timer; nothing if that isn't known.
  [[nodiscard]] std::optional<std::uint64_t> waiting_now(std::uint64_t serial) const noexcept;

  /// Makes every source report that exists when it begins, except those removed meanwhile.
  void report_all() noexcept;

  /// `instance()` calls these around a fork, so that the child can use it. The child has only the
  /// forking thread.
  void before_fork() noexcept;
  void after_fork(bool in_child) noexcept;

 private:
  class Walk;

  /// Returns what `take` makes of each source that exists when it begins, except those removed
  /// meanwhile.
  template <class Take>
  [[nodiscard]] auto taken(Take take) const;
  void unlink(ReportSource& source) noexcept;
  [[nodiscard]] bool called_elsewhere(const ReportSource& source) const noexcept;

  mutable std::mutex mutex_;
  mutable std::condition_variable walk_moved_;
  mutable Walk* walks_ = nullptr;  // the walks in progress, of all threads
  ReportSource* first_ = nullptr;
  ReportSource* last_ = nullptr;
  std::uint64_t last_id_ = 0;
};

}  // namespace perf_timer::inline v0_1::detail
