//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/clock/ticks.hpp>

#include <cstdint>
#include <type_traits>
#include <variant>

namespace perf_timer::inline v0_1::detail {

/// The low half of the serial of the timer's recorder.
using TracedTimer = std::uint32_t;

/// How many threads had recorded before, plus one; 0 is none. It takes no room in a submission.
using TraceThread = std::uint16_t;

enum class RunOutcome : std::uint8_t { measured, failed, cancelled };

// What happened on one thread. Nothing here is owned: addresses may be those of what has gone, are
// only compared, and belong to one object at one time.

struct StepBegan {
  const void* step;
  const void* span;  ///< on behalf of which; may be none
  Ticks submitted;   ///< when
  TraceThread by;    ///< and by which thread; none if that isn't known
};

struct StepEnded {
  const void* step;
};

/// Of a wrapped executor: the step that the thread has ended last.
struct FunctionEnded {
  TracedTimer timer;
  RunOutcome outcome;
  std::uint8_t lost;  ///< a LostReason
  Ticks busy;
  Ticks queued;
};

struct RunBegan {
  TracedTimer timer;
  bool causal;  ///< busy isn't elapsed
  const void* span;
};

struct RunEnded {
  TracedTimer timer;
  bool causal;
  RunOutcome outcome;
  std::uint8_t lost;
  const void* span;
  Ticks busy;
  Ticks queued;
  Ticks elapsed;
};

struct Event {
  Ticks time = 0;  ///< when; of a run, when it was opened
  std::variant<StepBegan, StepEnded, FunctionEnded, RunBegan, RunEnded> what{};
};
static_assert(std::is_trivially_copyable_v<Event> && sizeof(Event) <= 56);

}  // namespace perf_timer::inline v0_1::detail
