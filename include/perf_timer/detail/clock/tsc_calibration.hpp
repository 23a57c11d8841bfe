//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <cstdint>
#include <optional>

namespace perf_timer::inline v0_1::detail {

/// Whether the counter is to be trusted: the processor says that it is invariant, and the kernel
/// itself keeps time by it (the text of the current clocksource).
[[nodiscard]] bool tsc_trusted(bool invariant, const char* clocksource) noexcept;

/// One moment on both clocks: the time of `steady_clock` at or before the counter's.
struct TscMoment {
  std::uint64_t counter = 0;
  std::int64_t nanoseconds = 0;
};

/// Finds the counter's scale from two moments that are far enough apart.
class TscCalibration {
 public:
  static constexpr std::int64_t least_nanoseconds = 100'000'000;

  struct Result {
    TscMoment from;
    std::uint64_t multiplier = 0;  ///< zero: the counter stood still or went back
  };

  /// Nothing before the time has come.
  [[nodiscard]] std::optional<Result> add(const TscMoment& moment) noexcept;

  /// Whether `add` would still return nothing at that time.
  [[nodiscard]] bool too_early(std::int64_t nanoseconds) const noexcept {
    return first_ && nanoseconds - first_->nanoseconds < least_nanoseconds;
  }

 private:
  std::optional<TscMoment> first_;
};

}  // namespace perf_timer::inline v0_1::detail
