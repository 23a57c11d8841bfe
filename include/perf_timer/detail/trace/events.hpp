//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/clock/ticks.hpp>

#include <cstdint>

namespace perf_timer::inline v0_1::detail {

/// Identifies a timer in a trace: the low half of its recorder's serial.
using TracedTimer = std::uint32_t;

/// Identifies a thread in a trace. Threads are numbered from 1 on, in the order in which they first
/// record; 0 is none. The number fits into a submission's flags without enlarging them.
using TraceThread = std::uint16_t;

/// Identifies an operation of Asio in a trace of a tracked program.
using TracedOperation = std::uint16_t;

enum class RunOutcome : std::uint8_t { measured, partial, failed, cancelled };

// The events of one thread. They own nothing. An address may be that of an object that is gone, and
// a later object may have the same one. So addresses are only compared.

struct StepBegan {
  const void* step;
  const void* span;   ///< of the innermost open run on whose behalf it executes; may be null
  TracedTimer timer;  ///< of that run
  TraceThread by;     ///< the thread that submitted its function; 0 if unknown
  Ticks submitted;    ///< when that was
};

struct StepEnded {
  const void* step;
};

/// A function of a wrapped executor ended as a run. It belongs to the step that the thread ended
/// last.
struct FunctionEnded {
  TracedTimer timer;
  RunOutcome outcome;
  std::uint8_t lost;  ///< a LostReason
  Ticks busy;
  Ticks queued;
  Ticks elapsed;  ///< since it was submitted
};

struct RunBegan {
  TracedTimer timer;
  bool causal;  ///< a causal run, whose busy and elapsed times can differ
  const void* span;
  const void* step;  ///< the step that executes on its behalf from now on; null if none does
};

/// From now on, a step executes on behalf of another run, which began before.
struct RunGoesOn {
  TracedTimer timer;
  const void* span;  ///< null: on nobody's behalf
  const void* step;
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

/// The handler of an operation begins. What its operation waited for is over.
struct HandlerBegan {
  const void* handler;  ///< if it is a step, that
  const void* span;     ///< of the innermost open run that waited for it; may be null
  TracedTimer timer;    ///< of that run
  TracedOperation operation;
  bool is_step : 1;        ///< it executes on behalf of that run
  bool only_executes : 1;  ///< there was nothing to wait for but a thread or a strand
  RunOutcome outcome;
  Ticks started;
  Ticks ready;  ///< when its result was there; when the handler began if that isn't known
};

struct HandlerEnded {
  const void* handler;
};

}  // namespace perf_timer::inline v0_1::detail
