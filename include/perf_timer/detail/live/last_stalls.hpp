//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/export.hpp>
#include <perf_timer/stall_watch.hpp>

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

namespace perf_timer::inline v0_1::detail {

/// A stall that a watch has told, as text.
struct ToldStall {
  std::chrono::system_clock::time_point when{};
  std::string text{};
};

inline constexpr std::size_t most_last_stalls = 50;

/// Keeps a stall for those who ask later, in place of the oldest one. Throws std::bad_alloc.
PERF_TIMER_EXPORT void keep_stall(const Stall& stall);

/// Returns what all watches of the process have told last, the latest first. Throws
/// std::bad_alloc.
[[nodiscard]] PERF_TIMER_EXPORT std::vector<ToldStall> last_stalls();

}  // namespace perf_timer::inline v0_1::detail
