//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/export.hpp>
#include <perf_timer/detail/recorder/recorded.hpp>
#include <perf_timer/detail/report/report_source.hpp>
#include <perf_timer/timer_snapshot.hpp>

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <unordered_map>
#include <vector>

namespace perf_timer::inline v0_1::detail {

/// A snapshot, and whose it is: names needn't be unique.
struct IdentifiedSnapshot {
  std::uint64_t serial = 0;
  TimerSnapshot snapshot{};
};

/// All live timers, in the order in which they were made.
///
/// No lock is held while a source is called. So whatever a log function or an observer does there
/// (make or destroy timers, even the one that reports; take snapshots; wait for a lock under which
/// another thread does so) can't deadlock here, with the exception of what can't be granted: a
/// source is not let go of while another thread is calling it.
///
/// Thread safety: any number of threads.
class PERF_TIMER_EXPORT Registry {
 public:
  /// For tests; everybody else shares `instance()`. Must be empty when it is destroyed.
  Registry() = default;
  Registry(const Registry&) = delete;
  Registry& operator=(const Registry&) = delete;

  /// Never destroyed. Its first use arranges that `report_all` is called at exit, after static
  /// timers were destroyed: what is then still alive was leaked, and reports as well; and at
  /// `std::quick_exit`. (Not after `std::_Exit` or a signal: see `report_on_crash`.)
  static Registry& instance();

  /// From now on `source` may be called: the last act of a constructor. O(1), doesn't throw.
  void add(ReportSource& source) noexcept;

  /// From now on `source` is not called any more: the first act of a destructor. Waits for other
  /// threads that are calling it; the own thread may be. O(1). Nothing happens if it wasn't added.
  void remove(ReportSource& source) noexcept;

  /// Snapshots of the sources that were there when it began, unless removed meanwhile.
  /// Throws what they throw, and `std::bad_alloc`.
  [[nodiscard]] std::vector<TimerSnapshot> snapshot_all() const;

  /// The same with what measuring costs in them, for reports.
  [[nodiscard]] std::vector<TimerSnapshot> snapshot_all_with_overhead() const;

  /// The same with the serials, for what follows timers from one look to the next.
  [[nodiscard]] std::vector<IdentifiedSnapshot> identified_snapshots() const;

  /// What each timer, known by its serial, had recorded when a reader of intervals last looked.
  using Marks = std::unordered_map<std::uint64_t, Recorded>;

  /// The same as `snapshot_all`, of what came after `marks`, which are then of now. What a timer
  /// did before it was destroyed is missing. If it throws, the marks are as before.
  [[nodiscard]] std::vector<TimerSnapshot> snapshots_since(Marks& marks) const;

  /// Lets every source report that was there when it began, unless removed meanwhile.
  void report_all() noexcept;

  /// What `instance()` does around a fork, so that the child, which has the forking thread only,
  /// can use it.
  void before_fork() noexcept;
  void after_fork(bool in_child) noexcept;

 private:
  class Walk;

  /// What `take` makes of each source that was there when it began, unless removed meanwhile.
  template <class Take>
  [[nodiscard]] auto taken(Take take) const;
  void unlink(ReportSource& source) noexcept;
  [[nodiscard]] bool called_elsewhere(const ReportSource& source) const noexcept;

  mutable std::mutex mutex_;
  mutable std::condition_variable walk_moved_;
  mutable Walk* walks_ = nullptr;  // those in progress, of all threads
  ReportSource* first_ = nullptr;
  ReportSource* last_ = nullptr;
  std::uint64_t last_id_ = 0;
};

}  // namespace perf_timer::inline v0_1::detail
