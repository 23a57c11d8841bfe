//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/timer_snapshot.hpp>

#include <chrono>
#include <span>
#include <string>
#include <vector>

namespace perf_timer::inline v0_1::detail {

/// How the time of a timer's complete runs divides. Where branches run in parallel, that is more
/// than elapsed.
struct Parts {
  explicit Parts(const TimerSnapshot& timer) noexcept
      : busy(timer.busy.total),
        off_processor(timer.off_processor),
        queued(timer.queued.total),
        idle(timer.idle()) {}

  std::chrono::nanoseconds busy, off_processor, queued, idle;
};

/// Returns each part's share of their sum, as "28%". The shares add up to 100 %, but for parts that
/// are "<1%". Empty if the sum is zero.
[[nodiscard]] std::vector<std::string> shares(std::span<const std::chrono::nanoseconds> parts);

}  // namespace perf_timer::inline v0_1::detail
