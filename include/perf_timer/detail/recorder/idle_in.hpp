//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/export.hpp>
#include <perf_timer/timer_snapshot.hpp>

#include <atomic>
#include <cstdint>
#include <vector>

namespace perf_timer::inline v0_1::detail {

/// What a tracked program knows of the operations that runs waited for. The module that tracks them
/// is above those that take snapshots, so it enters itself here.
struct IdleIn {
  /// Returns what the runs of the timer with this serial waited for.
  std::vector<AwaitedOperation> (*of_timer)(std::uint64_t serial);
  /// Forgets that.
  void (*forget)(std::uint64_t serial) noexcept;
};

/// Null unless the program is tracked.
PERF_TIMER_EXPORT inline constinit std::atomic<const IdleIn*> idle_in{nullptr};

}  // namespace perf_timer::inline v0_1::detail
