//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#pragma once

#include <perf_timer/detail/platform/attributes.hpp>
#include <perf_timer/detail/platform/export.hpp>
#include <perf_timer/detail/span/span_labels.hpp>
#include <perf_timer/detail/span/thread_state.hpp>

#include <chrono>

namespace perf_timer::inline v0_1::detail {

/// Labels the innermost run of an `AsioPerfTimer` of this clock that executes here. Returns whether
/// there is one. Not inlined, because coroutines call it; `thread_state_of` says why.
template <class Clock>
PERF_TIMER_NOINLINE PERF_TIMER_EXPORT bool label_current_run(const RunLabel& label) {
  Span* span = thread_state<Clock>().current;
  // Relaxed: a span was listed before it was current here.
  while (span && timer_of(span->listed.load(std::memory_order_relaxed)) == not_listed)
    span = span->parent;
  label_span(span, label);
  return span != nullptr;
}

// The default clock's instance is compiled into the library.
extern template bool label_current_run<std::chrono::steady_clock>(const RunLabel&);

}  // namespace perf_timer::inline v0_1::detail
