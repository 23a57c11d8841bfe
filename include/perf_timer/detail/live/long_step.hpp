//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/clock/ticks.hpp>
#include <perf_timer/detail/live/step_explained.hpp>
#include <perf_timer/detail/platform/thread_name.hpp>

#include <chrono>
#include <cstdint>
#include <optional>

namespace perf_timer::inline v0_1::detail {

/// A step that executes for too long, as who looks has seen it. It needs no memory but its own.
struct LongStep {
  std::uint64_t number = 0;  ///< of a watch; ascends
  SeenStep step{};
  std::uint64_t thread = 0;  ///< as the system calls it
  ThreadName thread_name{};
  Ticks since = 0, not_before = 0, seen = 0;
  std::chrono::nanoseconds lasted{};
  std::optional<std::chrono::nanoseconds> lasted_at_most{};
  std::optional<double> on_processor{};
  std::uint64_t held_back = 0;  ///< how many weren't told before this one
  bool over = false;
  bool asked = false;      ///< the thread was, and this is
  StepExplained answer{};  ///< what it said
};

}  // namespace perf_timer::inline v0_1::detail
