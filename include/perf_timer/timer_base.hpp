//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/recorder/recorder.hpp>
#include <perf_timer/detail/report/registry.hpp>
#include <perf_timer/detail/trace/timer_name.hpp>
#include <perf_timer/timer_options.hpp>
#include <perf_timer/timer_snapshot.hpp>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <string>

namespace perf_timer::inline v0_1 {

/// What all timers have in common: a name, a record, and one report in their lives.
class TimerBase : private detail::ReportSource {
 public:
  TimerBase(const TimerBase&) = delete;
  TimerBase& operator=(const TimerBase&) = delete;

  [[nodiscard]] const std::string& name() const noexcept { return name_; }

  /// What the timer computes of its durations.
  [[nodiscard]] const Observer& observer() const noexcept { return observer_; }

  /// Switched off, a timer measures no run that begins, which then costs next to nothing; those
  /// that are open end as they would. A function of a wrapped executor counts if the timer is on
  /// when it is submitted and when it ends. Executors carry spans as ever. Any time, any thread.
  void enabled(bool enabled) noexcept { recorder_->enabled(enabled); }
  [[nodiscard]] bool enabled() const noexcept { return recorder_->enabled(); }

  /// What has been measured so far. Any time, any thread. Throws `std::bad_alloc`, and what an
  /// observer throws.
  [[nodiscard]] TimerSnapshot snapshot() const final;

  /// Forgets all runs that have ended; those that are open will count. Any thread.
  void reset() { recorder_->reset(); }

 protected:
  /// Throws `std::invalid_argument` if the name or the log function is of no use.
  TimerBase(std::string name, TimerOptions options, detail::SeriesKept kept);

  /// Reports, unless that was done at exit. What has been begun may still end afterwards.
  virtual ~TimerBase();

  [[nodiscard]] detail::Recorder& recorder() const noexcept { return *recorder_; }

 private:
  void report_once() noexcept final;
  [[nodiscard]] std::uint64_t serial() const noexcept final { return recorder_->serial(); }
  [[nodiscard]] TimerSnapshot snapshot_since(const detail::Recorded& earlier,
                                             detail::Recorded& now) const final;

  const std::string name_;
  const Observer observer_;
  const LogFunction log_;
  const detail::RecorderOwner recorder_;
  const detail::TimerName known_as_{recorder_->serial(), name_};
  std::atomic_flag reported_;
};

namespace detail {

/// What `observe` takes, in nanoseconds. Throws `std::invalid_argument` if it is negative, not a
/// number, or longer than 292 years.
[[nodiscard]] Ticks checked_duration(std::chrono::duration<long double, std::nano> duration);

template <class Rep, class Period>
[[nodiscard]] Ticks checked_duration(std::chrono::duration<Rep, Period> duration) {
  return checked_duration(std::chrono::duration<long double, std::nano>(duration));
}

}  // namespace detail
}  // namespace perf_timer::inline v0_1
