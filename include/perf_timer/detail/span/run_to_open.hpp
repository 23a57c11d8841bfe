//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/attributes.hpp>
#include <perf_timer/detail/platform/export.hpp>
#include <perf_timer/detail/recorder/recorder.hpp>
#include <perf_timer/detail/span/span.hpp>

namespace perf_timer::inline v0_1::detail {

/// If it is of a timer that has samples.
[[nodiscard]] PERF_TIMER_COLD PERF_TIMER_EXPORT ListedRun
run_to_open_of_many(Recorder& recorder) noexcept;

/// Returns what a causal run is to be opened as that begins now: whose it is, and whether its
/// processor time is measured. Not while a trace is recorded, as what that takes isn't the run's.
[[nodiscard]] inline ListedRun run_to_open(Recorder& recorder) noexcept {
  if (recorder.has_cpu_samples()) [[unlikely]]
    return run_to_open_of_many(recorder);
  return static_cast<ListedRun>(recorder.serial());
}

}  // namespace perf_timer::inline v0_1::detail
