//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/trace/events.hpp>

#include <type_traits>
#include <variant>

namespace perf_timer::inline v0_1::detail {

/// One recorded event of one thread.
struct Event {
  Ticks time = 0;  ///< when it happened; for a run, when the run was opened
  std::variant<StepBegan, StepEnded, FunctionEnded, RunBegan, RunGoesOn, RunEnded, HandlerBegan,
               HandlerEnded>
      what{};
};
static_assert(std::is_trivially_copyable_v<Event> && sizeof(Event) <= 56);

}  // namespace perf_timer::inline v0_1::detail
