//
// Distributed under the Boost Software License, Version 1.0.
// (See accompanying file LICENSE or https://www.boost.org/LICENSE_1_0.txt)
//
#include <perf_timer/detail/span/span_labels.hpp>

#include <memory>

namespace perf_timer::inline v0_1::detail {

/// Branches of one run may label it at once. Each takes out what is there, and puts it back.
void label_span(Span* span, const RunLabel& label) {
  if (!span) return;
  struct Taken {
    Span& span;
    std::unique_ptr<RunLabels> labels{span.labels.exchange(nullptr, std::memory_order_acq_rel)};
    ~Taken() {
      while (labels) {
        RunLabels* none = nullptr;
        if (span.labels.compare_exchange_strong(none, labels.get(), std::memory_order_acq_rel)) {
          static_cast<void>(labels.release());
          return;
        }
        const std::unique_ptr<RunLabels> others(
            span.labels.exchange(nullptr, std::memory_order_acq_rel));
        if (others) labels->add_missing(*others);
      }
    }
  } taken{*span};
  RunLabels* labels = taken.labels.release();
  try {
    RunLabels::set(labels, label);
  } catch (...) {
    taken.labels.reset(labels);
    throw;
  }
  taken.labels.reset(labels);
  span->steps.fetch_or(Span::labelled, std::memory_order_relaxed);
}

void drop_labels_slowly(Span& span) noexcept {
  delete span.labels.exchange(nullptr, std::memory_order_acquire);
}

RunLabels* take_labels(Span& span) noexcept {
  return span.labels.exchange(nullptr, std::memory_order_acq_rel);
}

}  // namespace perf_timer::inline v0_1::detail
