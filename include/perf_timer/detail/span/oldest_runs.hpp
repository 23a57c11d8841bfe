//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/clock/ticks.hpp>
#include <perf_timer/detail/platform/export.hpp>
#include <perf_timer/detail/span/span.hpp>

#include <cstdint>
#include <optional>
#include <unordered_map>

namespace perf_timer::inline v0_1::detail {

/// When the oldest open run of each timer was opened, by one look at all spans.
class PERF_TIMER_EXPORT OldestRuns {
 public:
  /// Returns that of the timer, on its wall clock. The first call looks. Throws `std::bad_alloc`.
  [[nodiscard]] std::optional<Ticks> opened(std::uint64_t timer);

 private:
  bool looked_ = false;
  std::unordered_map<ListedRun, Ticks> opened_;
};

}  // namespace perf_timer::inline v0_1::detail
