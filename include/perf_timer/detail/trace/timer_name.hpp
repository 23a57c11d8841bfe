//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/export.hpp>
#include <perf_timer/detail/trace/events.hpp>

#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace perf_timer::inline v0_1::detail {

/// Makes a timer's name available to the writers of traces while the timer lives, and longer if a
/// trace is held when it is destroyed. It is a member of the timer. Thread safety: distinct objects
/// safe.
class PERF_TIMER_EXPORT TimerName {
 public:
  /// `name` must outlive this object.
  TimerName(std::uint64_t serial, const std::string& name) noexcept;
  TimerName(const TimerName&) = delete;
  TimerName& operator=(const TimerName&) = delete;
  ~TimerName();

  /// Returns the names of all live timers, and the kept names. Throws std::bad_alloc.
  [[nodiscard]] static std::vector<std::pair<TracedTimer, std::string>> all();

  /// Copies the name of a live timer, or as much of it as there is room for. Returns how much; zero
  /// if there is none, or if a lock isn't to be had soon. Doesn't allocate.
  [[nodiscard]] static std::size_t copy(TracedTimer timer, std::span<char> to) noexcept;

  /// From now on, keeps the names of timers that are destroyed, in at most `bytes` bytes. Forgets
  /// the names that were kept before. The oldest make room for new ones; of a timer whose name is
  /// lost, the trace says only that there was one.
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
