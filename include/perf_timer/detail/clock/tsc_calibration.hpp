//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <cstdint>
#include <optional>

namespace perf_timer::inline v0_1::detail {

/// Returns whether the counter can be trusted. The processor must say that it is invariant, and the
/// kernel must keep time by it: `clocksource` is the text of the current clocksource.
[[nodiscard]] bool tsc_trusted(bool invariant, const char* clocksource) noexcept;

/// One moment on both clocks. The counter is read before `steady_clock`, or at the same time.
struct TscMoment {
  std::uint64_t counter = 0;
  std::int64_t nanoseconds = 0;
};

/// Computes the counter's scale from two moments that are far enough apart.
class TscCalibration {
 public:
  static constexpr std::int64_t least_nanoseconds = 100'000'000;

  struct Result {
    TscMoment from;
    std::uint64_t multiplier = 0;  ///< zero if the counter stood still or went back
  };

  /// Returns nothing until a moment is far enough from the first.
  [[nodiscard]] std::optional<Result> add(const TscMoment& moment) noexcept;

  /// Returns whether `add` would still return nothing at that time.
  [[nodiscard]] bool too_early(std::int64_t nanoseconds) const noexcept {
    return first_ && nanoseconds - first_->nanoseconds < least_nanoseconds;
  }

 private:
  std::optional<TscMoment> first_;
};

}  // namespace perf_timer::inline v0_1::detail
