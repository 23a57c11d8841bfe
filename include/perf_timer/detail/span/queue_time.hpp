//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/export.hpp>

#include <atomic>
#include <cstdint>

namespace perf_timer::inline v0_1::detail {

/// A moment in the order of what strands' queues did (rule 8); 0 is none. Only moments that are
/// less than eight million apart compare right.
class QueueTime {
 public:
  static constexpr unsigned bits = 24;

  constexpr QueueTime() noexcept = default;
  constexpr explicit QueueTime(std::uint32_t number) noexcept : number_(number & mask) {}

  // Relaxed: moments are compared that one thread, or one that comes after it, has read.
  [[nodiscard]] static QueueTime now() noexcept {
    return QueueTime(last.load(std::memory_order_relaxed));
  }
  /// Returns a moment after all that were now.
  [[nodiscard]] static QueueTime next() noexcept {
    const QueueTime time(last.fetch_add(1, std::memory_order_relaxed) + 1);
    return time.number_ != 0 ? time : next();
  }

  [[nodiscard]] constexpr std::uint32_t number() const noexcept { return number_; }
  constexpr explicit operator bool() const noexcept { return number_ != 0; }

  friend constexpr bool operator<(QueueTime a, QueueTime b) noexcept {
    const std::uint32_t distance = (b.number_ - a.number_) & mask;
    return distance != 0 && distance <= mask / 2;
  }

 private:
  static constexpr std::uint32_t mask = (std::uint32_t{1} << bits) - 1;
  PERF_TIMER_EXPORT static std::atomic<std::uint32_t> last;

  std::uint32_t number_ = 0;
};

}  // namespace perf_timer::inline v0_1::detail
