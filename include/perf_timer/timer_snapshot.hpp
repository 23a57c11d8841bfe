//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/duration_summary.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace perf_timer::inline v0_1 {

/// Nanoseconds with fractions: a run can cost a few of them.
using FractionalNanoseconds = std::chrono::duration<double, std::nano>;

/// Why runs could not be measured to their end.
struct LostCount {
  std::string_view reason;  ///< a clause; it lives as long as the program
  std::uint64_t count = 0;
  std::string_view remedy{};  ///< what to do about it, likewise; empty if unknown

  bool operator==(const LostCount&) const = default;
};

/// What a timer's runs are.
enum class TimerKind : unsigned char {
  scope,     ///< of a plain timer: a run is timed from start to end, and is busy all the while
  task,      ///< of an `AsioPerfTimer`: what executes on behalf of a scope or an awaitable
  executor,  ///< of an `AsioPerfTimer` that wraps executors: the functions that these execute
};

/// The word for it in reports that programs read.
[[nodiscard]] constexpr std::string_view to_string(TimerKind kind) noexcept {
  constexpr std::string_view words[] = {"scope", "task", "executor"};
  return words[static_cast<std::size_t>(kind)];
}

/// What a timer has measured up to one moment, or in an interval; a plain value.
struct TimerSnapshot {
  std::string name{};
  TimerKind kind = TimerKind::scope;
  std::uint64_t runs = 0;     ///< runs that became samples
  std::uint64_t failed = 0;   ///< runs left by an exception
  std::uint64_t lost = 0;     ///< runs that could not be measured to their end
  std::uint64_t dropped = 0;  ///< functions submitted and destroyed without running
  /// A plain timer fills `elapsed`, and `busy` with the same. Of an interval, `min` and `max` are
  /// as near as quantiles are, or not known.
  DurationSummary busy{}, queued{}, elapsed{};
  std::vector<LostCount> lost_reasons{};  ///< adds up to `lost`; only reasons that occurred
  /// What measuring a run costs here, as by `measure_overhead`; zero if nobody has looked.
  FractionalNanoseconds overhead{};

  /// Total of `elapsed` that was neither busy nor queued: waiting for I/O or a timer.
  [[nodiscard]] std::chrono::nanoseconds idle() const noexcept {
    const auto rest = elapsed.total - busy.total - queued.total;
    return rest.count() > 0 ? rest : std::chrono::nanoseconds::zero();
  }

  bool operator==(const TimerSnapshot&) const = default;
};

}  // namespace perf_timer::inline v0_1
