//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/span/span.hpp>
#include <perf_timer/detail/span/span_labels.hpp>

namespace perf_timer::inline v0_1::detail {

void destroy(Span* span) noexcept {
  // A loop, because the chain of parents can be long.
  while (span) {
    Span* const parent = span->parent;
    drop_labels(*span);  // labelled by somebody else while its run ended
    if (span->is_processor_span)
      SpanPool<ProcessorSpan>::free(static_cast<ProcessorSpan*>(span));
    else
      SpanPool<Span>::free(span);
    if (!parent || parent->references.fetch_sub(1, std::memory_order_acq_rel) != 1) return;
    span = parent;
  }
}

}  // namespace perf_timer::inline v0_1::detail
