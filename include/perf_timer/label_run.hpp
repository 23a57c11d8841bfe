//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/timers/checked_label.hpp>
#include <perf_timer/detail/timers/label_current_run.hpp>
#include <perf_timer/timer_clock.hpp>

#include <chrono>
#include <string_view>

namespace perf_timer::inline v0_1 {

/// Labels the run that executes here, for code that doesn't have the object: in a decorated
/// coroutine, or in what it calls. `Run::label` says what a label is, and what this throws.
///
///     asio::awaitable<void> thumbnail(Request request) {
///       perf_timer::label_run("trace_id", request.trace_id);
///       ...
///     co_await timer.decorate(thumbnail(request));
///
/// Returns false if there is none to label, which is no error: if its timer is off, which then has
/// no run, or if it can't be followed here, as on an executor that isn't instrumented. Of several
/// open around each other, it is the innermost. Functions of wrapped executors are no such runs,
/// and neither are those of `PerfTimer` and `ThreadPerfTimer`. For an `AsioPerfTimer` of another
/// clock, give that: `label_run<Clock>(name, value)`.
///
/// Thread safety: any thread, also several that execute on behalf of one run.
template <TimerClock Clock = std::chrono::steady_clock>
bool label_run(std::string_view name, std::string_view value) {
  return detail::label_current_run<Clock>(detail::CheckedLabel(name, value));
}

}  // namespace perf_timer::inline v0_1
