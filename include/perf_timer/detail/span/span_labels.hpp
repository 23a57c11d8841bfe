//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/attributes.hpp>
#include <perf_timer/detail/platform/export.hpp>
#include <perf_timer/detail/recorder/run_labels.hpp>
#include <perf_timer/detail/recorder/run_times.hpp>
#include <perf_timer/detail/span/span.hpp>

// The labels of an open run that has a span. They are the span's until the run is closed, and then
// whose `close` tells.

namespace perf_timer::inline v0_1::detail {

/// Labels the run of this span, if there is one; see `RunLabels::set`. Any thread that executes on
/// its behalf may do so, also if another one ends it meanwhile: then it may be too late.
PERF_TIMER_EXPORT void label_span(Span* span, const RunLabel& label);

PERF_TIMER_COLD PERF_TIMER_EXPORT void drop_labels_slowly(Span& span) noexcept;
/// For a span that nobody uses any more.
inline void drop_labels(Span& span) noexcept {
  if (span.labels.load(std::memory_order_relaxed)) [[unlikely]]
    drop_labels_slowly(span);
}

[[nodiscard]] PERF_TIMER_COLD PERF_TIMER_EXPORT RunLabels* take_labels(Span& span) noexcept;
/// Where a run is closed, tells its labels. To be called last, because what else is told of a run
/// replaces all that was. No reference leaves it, or times would have to be in memory.
inline void tell_labels(Span& span, RunTimes& times, RunDetails& details) noexcept {
  if (!span.labels.load(std::memory_order_relaxed)) [[likely]]
    return;
  details.labels = take_labels(span);
  if (details.labels) times.more = times.more | Told::labels;
}

}  // namespace perf_timer::inline v0_1::detail
