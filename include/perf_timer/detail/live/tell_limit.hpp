//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/clock/ticks.hpp>
#include <perf_timer/detail/platform/export.hpp>

#include <cstdint>
#include <limits>
#include <utility>

namespace perf_timer::inline v0_1::detail {

/// Limits how much of a kind a watch tells in a minute, and counts what it holds back.
class TellLimit {
 public:
  explicit TellLimit(unsigned most_per_minute) noexcept : most_(most_per_minute) {}

  /// Returns whether one more may be told at `now`; else it is held back.
  [[nodiscard]] bool allows(Ticks now) noexcept {
    if (minute_is_over(now)) {
      minute_ = now;
      told_ = 0;
    }
    if (all_ || told_ >= most_) {
      ++held_back_;
      return false;
    }
    ++told_;
    return true;
  }

  /// While nobody takes what was told, nothing more is allowed.
  void hold_all_back(bool all) noexcept { all_ = all; }

  /// A time at which every minute is over.
  static constexpr Ticks the_end = std::numeric_limits<Ticks>::max();
  /// Returns whether the minute is over in which it last allowed or held back something.
  [[nodiscard]] bool minute_is_over(Ticks now) const noexcept {
    return now == the_end || now - minute_ >= minute;
  }

  /// Returns how many were held back and not told of so far, and forgets them.
  [[nodiscard]] std::uint64_t held_back() noexcept { return std::exchange(held_back_, 0); }

 private:
  static constexpr Ticks minute = Ticks{60} * 1'000'000'000;

  const unsigned most_;
  Ticks minute_ = -minute;  // when the present one began
  unsigned told_ = 0;       // in this minute
  bool all_ = false;        // all is held back
  std::uint64_t held_back_ = 0;
};

}  // namespace perf_timer::inline v0_1::detail
