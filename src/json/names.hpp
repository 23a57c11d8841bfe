//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/recorder/timer_snapshot.hpp>

#include <array>
#include <string_view>

namespace perf_timer::json_names {

inline constexpr std::array<std::string_view, 3> kinds{"scope", "task", "executor"};

/// The word of the schema for a kind of timer.
[[nodiscard]] constexpr std::string_view of(TimerKind kind) noexcept {
  return kinds[static_cast<std::size_t>(kind)];
}

}  // namespace perf_timer::json_names
