//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/export.hpp>
#include <perf_timer/detail/recorder/recorder.hpp>
#include <perf_timer/detail/report/report_source.hpp>
#include <perf_timer/detail/timers/timer_access.hpp>
#include <perf_timer/detail/trace/timer_name.hpp>
#include <perf_timer/timer_clock.hpp>
#include <perf_timer/timer_options.hpp>
#include <perf_timer/timer_snapshot.hpp>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace perf_timer::inline v0_1 {

enum class TimerThreads : unsigned char;
template <TimerClock Clock, TimerThreads Threads>
class BasicSynchronousTimer;
template <TimerClock Clock>
class BasicAsioPerfTimer;

/// What all timers have in common: a name, a record of their runs, and one report.
///
/// A timer is usually static. Runs, decorated functions and executors may outlive it. When it is
/// destroyed, or at exit, it reports one line, as `report_line` makes it.
///
/// At exit, static timers are destroyed while other threads may still measure. What a static timer
/// needs for that is kept to the end of the process, so other threads may go on to use it. Runs
/// that end after the report are in no report.
///
/// Thread safety: all members, from any thread.
class PERF_TIMER_EXPORT TimerBase : private detail::ReportSource {
 public:
  TimerBase(const TimerBase&) = delete;
  TimerBase& operator=(const TimerBase&) = delete;

  /// The name under which it reports. It lives as long as the timer.
  [[nodiscard]] const std::string& name() const noexcept { return parts_->name; }

  /// What tells it from other timers of its name, ordered by name. They live as long as the timer.
  [[nodiscard]] const std::vector<std::pair<std::string, std::string>>& labels() const noexcept {
    return parts_->labels;
  }

  /// What the timer computes from its durations.
  [[nodiscard]] const Observer& observer() const noexcept { return parts_->observer; }

  /// Switches the timer on or off. While it is off, runs that begin aren't measured, and cost next
  /// to nothing. Runs that are open already are measured to their end. A function of a wrapped
  /// executor counts if the timer is on when it is submitted and when it ends. Executors carry the
  /// runs of other timers in any case.
  void enabled(bool enabled) noexcept { recorder_.enabled(enabled); }

  /// Whether the timer is on.
  [[nodiscard]] bool enabled() const noexcept { return recorder_.enabled(); }

  /// Returns what has been measured so far. Throws `std::bad_alloc`, and what the observer throws.
  [[nodiscard]] TimerSnapshot snapshot() const final;

  /// Forgets all runs that have ended. Runs that are open will count. Throws `std::bad_alloc`, and
  /// what the observer throws; then nothing is forgotten.
  void reset() { recorder_.reset(); }

 private:
  template <TimerClock Clock, TimerThreads Threads>
  friend class BasicSynchronousTimer;
  template <TimerClock Clock>
  friend class BasicAsioPerfTimer;
  friend detail::TimerAccess;

  TimerBase(std::string name, TimerOptions options, detail::SeriesKept kept,
            const detail::RunSight* sight = nullptr);
  ~TimerBase() override;

  [[nodiscard]] detail::Recorder& recorder() const noexcept { return recorder_; }

  [[nodiscard]] TimerSnapshot snapshot_without_ages() const final;
  [[nodiscard]] std::string shown_name() const final { return parts_->shown_name; }
  [[nodiscard]] const detail::RunSight* run_sight() const noexcept final { return sight_; }
  void report_once() noexcept final;
  void stalled(std::chrono::nanoseconds lasted, bool is_new) noexcept final {
    recorder_.stalled(lasted, is_new);
  }
  [[nodiscard]] std::optional<std::uint64_t> waiting_now() const noexcept final {
    return recorder_.waiting_now();
  }
  [[nodiscard]] std::optional<detail::Ticks> oldest_waiting(
      detail::Ticks (*now)() noexcept) const final {
    return recorder_.oldest_waiting(now);
  }
  [[nodiscard]] std::uint64_t serial() const noexcept final { return recorder_.serial(); }
  [[nodiscard]] TimerSnapshot snapshot_since(const detail::Recorded& earlier,
                                             detail::Recorded& now) const final;

  /// Everything that a destructor would take away from threads that still use a static timer.
  struct Parts {
    /// Moves what it keeps out of the options.
    Parts(std::string n, TimerOptions& options, detail::SeriesKept kept);

    const std::string name;
    const std::vector<std::pair<std::string, std::string>> labels;
    const std::string shown_name;  // with the labels
    const Observer observer;
    const LogFunction log;
    const detail::RecorderOwner recorder;
    std::atomic_flag reported{};
    Parts* next_kept = nullptr;
  };
  /// Owns the parts. Destroys them unless the timer is static.
  class PartsOwner {
   public:
    explicit PartsOwner(Parts* parts) noexcept : parts_(parts) {}
    PartsOwner(const PartsOwner&) = delete;
    PartsOwner& operator=(const PartsOwner&) = delete;
    ~PartsOwner();
    [[nodiscard]] Parts* operator->() const noexcept { return parts_; }

   private:
    Parts* const parts_;
  };

  // No destructor changes this pointer and this reference.
  const PartsOwner parts_;
  detail::Recorder& recorder_;
  const detail::RunSight* const sight_;  // here, because the destructor reports
  const detail::TimerName known_as_;
};

}  // namespace perf_timer::inline v0_1
