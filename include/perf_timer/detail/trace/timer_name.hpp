//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/export.hpp>
#include <perf_timer/detail/trace/event.hpp>

#include <cstdint>
#include <map>
#include <string>

namespace perf_timer::inline v0_1::detail {

/// Tells the name of a timer to who writes a trace, for as long as the timer lives, and longer if a
/// trace is held when it is destroyed. A part of the timer. Thread safety: distinct objects safe.
class PERF_TIMER_EXPORT TimerName {
 public:
  /// The name must outlive this.
  TimerName(std::uint64_t serial, const std::string& name) noexcept;
  TimerName(const TimerName&) = delete;
  TimerName& operator=(const TimerName&) = delete;
  ~TimerName();

  /// Those of all timers there are, and those that are kept. Throws std::bad_alloc.
  [[nodiscard]] static std::map<TracedTimer, std::string> all();

  /// From now on names of timers that are destroyed are kept, in so many bytes at most: those kept
  /// before are forgotten. The names of later ones are forgotten, and the trace says only that
  /// there was a timer.
  static void keep(std::size_t bytes) noexcept;

 private:
  friend struct TimerNames;

  const TracedTimer timer_;
  const std::string& name_;
  // Guarded by the list's mutex.
  TimerName* previous_ = nullptr;
  TimerName* next_ = nullptr;
};

}  // namespace perf_timer::inline v0_1::detail
